// The icons: of one set, Lucide, each under the name of what it says here.
import { ALargeSmall, ArrowLeft, ArrowRight, Check, ChevronDown, CircleQuestionMark, Clock, FileText, Info, Lock, MapPin, Printer, Split, X } from 'lucide';
import { h } from 'preact';

const drawings = {
  yes: Check,
  no: X,
  unknown: CircleQuestionMark,
  review: Clock,
  back: ArrowLeft,
  on: ArrowRight,
  down: ChevronDown,
  print: Printer,
  private: Lock,
  display: ALargeSmall,
  information: Info,
  sheet: FileText,
  place: MapPin,
  reading: Split,
} as const;

export type IconName = keyof typeof drawings;

/** An icon beside words that say the same; readers aloud pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name].map(([shape, attributes]) => h(shape, attributes))}
    </svg>
  );
}

/** All icons, for the page that shows the parts. */
export const iconNames = Object.keys(drawings) as IconName[];
