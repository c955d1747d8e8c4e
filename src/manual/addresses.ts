// The addresses of the manual's pages, the only place where they are spelled.

export type Language = 'zh' | 'en';

/** A path from parts, percent-encoded, in the language's half of the site. */
function path(language: Language, ...parts: readonly string[]): string {
  return `${language === 'en' ? '/en' : ''}/${parts.map(encodeURIComponent).join('/')}`;
}

/** Addresses in one language: `/b/…`, or `/en/b/…`. */
export class Addresses {
  private readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  /** The calculator of a jurisdiction. */
  calculator(city: string): string {
    return `${this.language === 'en' ? '/en/' : '/'}?city=${encodeURIComponent(city)}`;
  }

  menu(): string {
    return path(this.language, 'menu');
  }

  city(city: string): string {
    return path(this.language, 'b', city);
  }

  policy(city: string, policy: string): string {
    return path(this.language, 'b', city, policy);
  }

  pdf(city: string, policy: string): string {
    return path(this.language, 'b', city, `${policy}.pdf`);
  }

  item(city: string, policy: string, benefit: string): string {
    return path(this.language, 'b', city, policy, benefit);
  }

  clause(city: string, clause: string): string {
    return path(this.language, 'c', city, clause);
  }
}
