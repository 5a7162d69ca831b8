import type { AboutChoice } from "../issues.services/find-about";
import type { ServiceChoice } from "./raise-help";

interface ServiceChoicesProps {
  suggested: readonly ServiceChoice[];
  onChoose: (choice: AboutChoice) => void;
}

/** Services of the chosen organisation that the words point to: one press chooses, and nothing is chosen by itself. */
export function ServiceChoices({ suggested, onChoose }: ServiceChoicesProps) {
  if (suggested.length === 0) return null;
  return (
    <div className="ct-row ct-suggested" role="group" aria-label="Suggested services">
      <span className="ct-s ct-2">From your words it may be about</span>
      {suggested.map(({ choice, sure }) => (
        <button
          key={choice.value}
          type="submit"
          name="service"
          value={choice.value}
          className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
          onClick={(event) => {
            event.preventDefault();
            onChoose(choice);
          }}
        >
          {choice.name} <span className="ct-2">({sure})</span>
        </button>
      ))}
    </div>
  );
}
