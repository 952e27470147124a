/** A formula as MathML, which browsers draw and screen readers read. */
import katex from 'katex';
import { useMemo } from 'react';

export default function Formula({ tex, label }: { readonly tex: string; readonly label: string }) {
  const html = useMemo(() => ({ __html: katex.renderToString(tex, { output: 'mathml', displayMode: true }) }), [tex]);
  return (
    <figure className="learn-formula" aria-label={label}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the formula is ours, and KaTeX makes MathML of it without commands that reach out */}
      <div dangerouslySetInnerHTML={html} />
    </figure>
  );
}
