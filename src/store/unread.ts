/**
 * What only one late screen understands: its state and its view are kept as they were written, and read by that screen when it is open. So
 * what a link, a record or a file says of it is neither checked nor lost before, and the first load need not know it.
 *
 * A person's own files that such a state names are its field `files`: they are kept with the workspace, and links leave them out.
 */
import { fieldsOf } from './fields.ts';
import { type OwnFile, readOwnFiles } from './ownFiles.ts';

/** JSON fields that nobody has looked at yet; null: as the screen opens first. */
export type Unread = object | null;

/** More than any screen writes. */
const longestText = 262_144;
const mostFiles = 512;

export function readUnread(value: unknown): Unread {
  const fields = fieldsOf(value);
  return fields && JSON.stringify(fields).length <= longestText ? fields : null;
}

export function filesOf(unread: Unread): readonly OwnFile[] {
  return readOwnFiles(fieldsOf(unread)?.files, mostFiles);
}

/** Without a person's own files. */
export function withoutFiles(unread: Unread): Unread {
  return unread && 'files' in unread ? { ...unread, files: [] } : unread;
}
