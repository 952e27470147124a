/** The toast of the page: what a change moved along with it, and the short answers of commands. The newer of the two is shown. */
import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import { Toast } from '../components/Toast.tsx';
import { useSession, useWorkspace } from '../session.tsx';
import { hush, messages } from './messages.ts';
import { useNoticeWords } from './problemWords.ts';

export function NoticeToast() {
  const session = useSession();
  const notice = useWorkspace((state) => state.notice);
  const message = useStore(messages);
  const noticeText = useNoticeWords(notice);
  const dismiss = useCallback(() => {
    hush();
    session.workspace.getState().dismissNotice();
  }, [session]);
  // Whatever came last is what is shown: a new notice ends a message that still stands.
  const noticeId = notice?.id ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id alone tells a new notice.
  useEffect(hush, [noticeId]);
  const text = message.text ?? noticeText;
  const id = message.text ? `message ${message.id}` : `notice ${noticeId}`;
  return (
    <Toast id={id} onDismiss={dismiss}>
      {text}
    </Toast>
  );
}
