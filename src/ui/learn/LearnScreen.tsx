/** Learn: one chapter at a time, its live figure first, then a few sentences, one thing to try and two predictions. */
import { useEffect, useRef } from 'react';
import { ChapterList } from './ChapterList.tsx';
import { ChapterPage } from './ChapterPage.tsx';
import { chapters } from './chapters/index.ts';
import './learn.css';
import { useChangeLearn, useLearn } from './learn.tsx';
import { usePresenting } from './presenting.ts';

export default function LearnScreen() {
  const root = useRef<HTMLDivElement>(null);
  const { chapter: name } = useLearn();
  const change = useChangeLearn();
  const at = chapters.findIndex((chapter) => chapter.name === name);
  const chapter = chapters[at] ?? chapters[0];
  const presenting = usePresenting(root, (step) => {
    const next = chapters[at + step];
    if (next) change((view) => ({ ...view, chapter: next.name }));
  });
  // The next chapter is read from its beginning.
  useEffect(() => {
    if (name) root.current?.scrollIntoView({ block: 'start' });
  }, [name]);
  return (
    <div className="learn" ref={root} data-presenting={presenting.isOn || undefined}>
      <ChapterList present={chapter.name} />
      <ChapterPage
        key={chapter.name}
        chapter={chapter}
        previous={chapters[at - 1]?.name ?? null}
        next={chapters[at + 1]?.name ?? null}
        presenting={presenting}
      />
    </div>
  );
}
