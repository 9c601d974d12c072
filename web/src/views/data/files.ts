// Files that somebody chose or dropped, with the names under which they are stored.

/** `name`: a relative path with / between its parts. */
export interface Chosen {
  name: string
  file: File
}

/** The most files of one request, and bytes that leave room in one of 50 MB for what stands around them. */
const MOST_FILES = 100
const MOST_BYTES = 45_000_000

/** What a file system keeps for itself. */
const OWN = /(^|\/)(\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX\/)/i

/** The files of a file chooser; those of a folder with their paths in it. */
export function picked(files: FileList): Chosen[] {
  return [...files].map(file => ({ name: file.webkitRelativePath || file.name, file })).filter(({ name }) => !OWN.test(name))
}

/** The files that were dropped, also those of folders within folders. */
export async function dropped(data: DataTransfer): Promise<Chosen[]> {
  // All entries are taken before anything is waited for: after that the data is gone.
  const taken = [...data.items].filter(({ kind }) => kind === 'file').map(item => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found = await Promise.all(taken.map(({ entry, file }) => (entry ? within(entry) : file ? [{ name: file.name, file }] : [])))
  return found.flat().filter(({ name }) => !OWN.test(name))
}

async function within(entry: FileSystemEntry): Promise<Chosen[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))
    return [{ name: entry.fullPath.replace(/^\//, ''), file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    // A folder is read in pieces, the last of which is empty.
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (!some.length) break
    entries.push(...some)
  }
  return (await Promise.all(entries.map(within))).flat()
}

/** Both lists; of two with one name the later is taken, as the store would. */
export function together(before: readonly Chosen[], more: readonly Chosen[]): Chosen[] {
  return [...new Map([...before, ...more].map(each => [each.name.normalize('NFC'), each])).values()]
}

/** The files in as many parts as requests are needed; one that is too large for any is sent, and refused, alone. */
export function parts(files: readonly Chosen[]): Chosen[][] {
  const made: Chosen[][] = []
  let bytes = 0
  for (const each of files) {
    const last = made.at(-1)
    if (last && last.length < MOST_FILES && bytes + each.file.size <= MOST_BYTES) last.push(each)
    else made.push([each])
    bytes = made.at(-1)!.reduce((sum, { file }) => sum + file.size, 0)
  }
  return made
}
