// Fills a template's placeholders, in both languages.
import { type PlaceholderValue, TemplateError, writePlaceholder } from './placeholders.ts';
import type { Template, TemplateText } from './templates.ts';

/** Names of the departments that values name, by their ids. */
export type DepartmentNames = ReadonlyMap<string, string>;

/**
 * A text with its placeholders filled.
 * @throws TemplateError for a placeholder that the template does not declare, a value that is missing, and one that is not of its kind
 */
export function renderText(text: TemplateText, template: Template, values: Readonly<Record<string, PlaceholderValue>>, departments: DepartmentNames, language: 'zh' | 'en'): string {
  return text[language].replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const kind = template.placeholders[name];
    const value = values[name];
    if (kind === undefined) throw new TemplateError(`{${name}} is not declared`);
    if (value === undefined) throw new TemplateError(`{${name}} has no value`);
    return writePlaceholder(kind, name, value, language, kind === 'department' ? departments.get(String(value)) : undefined);
  });
}

/** The ids of the departments that the values name. */
export function departmentsNamed(template: Template, values: Readonly<Record<string, PlaceholderValue>>): readonly string[] {
  return Object.entries(template.placeholders).flatMap(([name, kind]) => (kind === 'department' && values[name] !== undefined ? [String(values[name])] : []));
}
