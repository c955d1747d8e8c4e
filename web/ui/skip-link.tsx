// The first stop of the Tab key: past the head of the page to what it is about.

/** Leads to the element with the id `to`, which can be focused. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  return (
    <a
      class="skip-link"
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(to)?.focus();
      }}
    >
      {children}
    </a>
  );
}
