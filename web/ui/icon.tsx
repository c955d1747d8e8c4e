// The icons: drawn for Wutong with the pen of the mark, on a field of 24, one line with round ends.

const drawings = {
  yes: 'M5 12.5l4.5 4.5L19 7.5',
  no: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  unknown: 'M9 9.2a3 3 0 1 1 4.6 2.6c-1 .6-1.6 1.3-1.6 2.5M12 17.6v.1',
  review: 'M12 6.5V12l3.5 2.2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17',
  back: 'M19 12H5M11 6l-6 6 6 6',
  on: 'M5 12h14M13 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  print: 'M7 9V4h10v5M7 17H4.5v-6.5A1.5 1.5 0 0 1 6 9h12a1.5 1.5 0 0 1 1.5 1.5V17H17M7 14h10v6H7z',
  private: 'M7.5 11V8a4.5 4.5 0 0 1 9 0v3M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11',
  display: 'M3 19 8 6h1l5 13M4.7 15h7.6M15.2 19l2.9-7.5h.8l2.9 7.5M16.2 16.6h4.6',
  information: 'M12 11v5.5M12 7.6v.1M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17',
  sheet: 'M6.5 3.5h8l3 3v14h-11zM14 3.5V7h3.5M9.5 11.5h5M9.5 15h5',
} as const;

export type IconName = keyof typeof drawings;

/** An icon beside words that say the same; readers aloud pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}

/** All icons, for the page that shows the parts. */
export const iconNames = Object.keys(drawings) as IconName[];
