/** Updates written as a pipeline: the stages that change one document. */
import { StoreError } from "./errors";
import type { Variables } from "./expression-kit";
import { documentStage } from "./project";
import { type Doc, isDoc, type Value } from "./values";

const ALLOWED = new Set(["$set", "$addFields", "$unset", "$project", "$replaceRoot", "$replaceWith"]);

export function compileUpdatePipeline(stages: Value[], variables: Variables): (d: Doc) => Doc {
  const steps = stages.map((s) => {
    if (!isDoc(s) || s.size !== 1)
      throw new StoreError(40323, "A pipeline stage specification object must contain exactly one field.");
    const [name, spec] = [...s][0]!;
    if (!ALLOWED.has(name)) throw new StoreError(72, `${name} is not allowed to be used within an update`);
    return documentStage(name, spec, variables);
  });
  return (d) => steps.reduce((at, step) => step(at), d);
}
