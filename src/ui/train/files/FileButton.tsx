/** A button that opens the system's choice of files. */
import { FilePlus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../components/Button.tsx';

interface FileButtonProps {
  readonly label: string;
  /** As the attribute of `input`; absent: any file. */
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function FileButton({ label, accept, multiple = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={(event) => {
          // An input that is emptied for the next choice empties its list.
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (chosen.length > 0) onFiles(chosen);
        }}
      />
      <Button size="small" icon={<FilePlus size={14} aria-hidden="true" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
