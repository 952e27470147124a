/** What axe finds wrong in the page, one line per rule. */
import axe from 'axe-core';

export async function violations(within: Element = document.body): Promise<readonly string[]> {
  const { violations: found } = await axe.run(within, { rules: { region: { enabled: false } } });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
