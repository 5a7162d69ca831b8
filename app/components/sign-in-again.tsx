/** To the sign-in page in a new tab: this one stays as it is, with what was typed in it. */
export function SignInAgain() {
  return (
    <a href="/sign-in" target="_blank" rel="noopener">
      Sign in again<span className="nhsuk-u-visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}
