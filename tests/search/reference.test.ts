import { describe, expect, test } from "vitest";
import { readReference } from "../../search/read-reference";

describe("Reading a reference", () => {
  test.each(["CT-7K3QX", "ct-7k3qx", " ct 7k3qx ", "CT7K3QX", "7k3qx", "ct\u20137k3qx"])("takes %j", (text) =>
    expect(readReference(text, "CT")).toBe("CT-7K3QX"),
  );

  test.each([
    ["CT-7K3OX", "CT-7K30X"],
    ["ct-ik3lo", "CT-1K310"],
    ["O7l3q", "CT-0713Q"],
  ])("reads letters that the alphabet leaves out as the digits they look like: %s", (text, reference) =>
    expect(readReference(text, "CT")).toBe(reference),
  );

  test.each(["", "wards", "CT-7K3Q", "CT-7K3QXX", "AB-7K3QX", "CT-7K3QU", "7K3 QX", "discharge letter"])(
    "leaves %j to be looked for as words",
    (text) => expect(readReference(text, "CT")).toBeUndefined(),
  );
});
