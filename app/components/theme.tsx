import { Form, useLocation } from "@remix-run/react";

/** What the reader chose to look at. `system` follows the device. */
export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

const names: Readonly<Record<Theme, string>> = { light: "Light", dark: "Dark", system: "As this device" };

/** Light, dark, or as the device prefers. Kept in a cookie, so that no page flashes. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  return (
    <ChoiceForm label="Appearance" name="theme" chosen={theme} choices={themes.map((each) => [each, names[each]])} />
  );
}

/** Single keys on or off. */
export function KeysChoice({ on }: { on: boolean }) {
  return (
    <ChoiceForm
      label="Single keys"
      name="keys"
      chosen={on ? "on" : "off"}
      choices={[
        ["on", "On"],
        ["off", "Off"],
      ]}
    />
  );
}

interface ChoiceFormProps {
  label: string;
  name: string;
  chosen: string;
  choices: readonly (readonly [value: string, words: string])[];
}

function ChoiceForm({ label, name, chosen, choices }: ChoiceFormProps) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/appearance" preventScrollReset>
      <input type="hidden" name="back" value={pathname + search} />
      <span className="ct-segment" role="group" aria-label={label}>
        {choices.map(([value, words]) => (
          <button key={value} type="submit" name={name} value={value} aria-pressed={value === chosen}>
            {words}
          </button>
        ))}
      </span>
    </Form>
  );
}
