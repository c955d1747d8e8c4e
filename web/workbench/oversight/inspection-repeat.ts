// How anybody draws a lot again: a line for a shell with the usual tools, over the file of all candidates.

/**
 * The line that prints who is drawn, in the order of the lot.
 * @param seed of the plan @param wanted how many are drawn @param file name of the exported CSV of all candidates
 */
export function repeatCommand(seed: string, wanted: number, file: string): string {
  return `tail -n +2 '${file}' | tr -d '\\r' | awk -F, '{ print $NF }' | while read -r id; do printf '%s %s\\n' "$(printf '%s %s' ${seed} "$id" | sha256sum | cut -c 1-64)" "$id"; done | LC_ALL=C sort | head -n ${wanted}`;
}
