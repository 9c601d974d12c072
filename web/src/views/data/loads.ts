// The loads that were asked for on this page. They are kept while other views are shown.
import { signal } from '@preact/signals'
import { ask, changes, NoAnswer } from '../../ask'
import { graphql } from '../../generated'
import type { LoadPartsFragment } from '../../generated/graphql'
import { listen } from '../../listen'
import { parts, type Chosen } from './files'

export const LoadParts = graphql(`
  fragment LoadParts on Load {
    id
    state
    askedBy
    askedAt
    total
    done
    share
    added
    changed
    unchanged
    empty
    forgotten
    failed
    failures {
      origin
      reason
    }
    without
    due
    problem
  }
`)

const DataLoad = graphql(`
  mutation DataLoad($documents: [DocumentInput!]!) {
    loadDocuments(documents: $documents) {
      __typename
      ... on Load {
        ...LoadParts
      }
      ... on LoadProblem {
        message
      }
      ... on BadDocument {
        name
      }
      ... on TooLarge {
        size
        limit
      }
    }
  }
`)

const DataProgress = graphql(`
  subscription DataProgress($id: ID!) {
    loadProgress(id: $id) {
      ...LoadParts
    }
  }
`)

const DataOneLoad = graphql(`
  query DataOneLoad($id: ID!) {
    load(id: $id) {
      ...LoadParts
    }
  }
`)

export type Load = LoadPartsFragment

/** Why files were not taken. `name`: of the document that the server refused. */
export interface Refusal {
  code: string
  message: string
  name?: string
  limit?: number
}

/** Files that are sent together, and what became of them. `files` is empty for a load of another page. */
export interface Round {
  key: string
  files: readonly Chosen[]
  sending: boolean
  load: Load | null
  refusal: Refusal | null
}

/** The latest first. */
export const rounds = signal<readonly Round[]>([])

export const finished = ({ state }: Load): boolean => state !== 'QUEUED' && state !== 'RUNNING'

const PAUSE_MS = 1_000
let made = 0
let turn: Promise<unknown> = Promise.resolve()

// What the server has not got yet would be lost with the page.
addEventListener('beforeunload', event => {
  if (rounds.value.some(({ load, refusal }) => !load && !refusal)) event.preventDefault()
})

/** Sends files, as many at a time as the server takes; each part waits for the one before it. */
export function send(files: readonly Chosen[]): void {
  for (const part of parts(files)) {
    const round: Round = { key: `sent-${++made}`, files: part, sending: false, load: null, refusal: null }
    rounds.value = [round, ...rounds.value]
    turn = turn.then(() => carry(round))
  }
}

/** Sends the files of a round that was refused once more, but for one of a name. */
export function resend({ key, files }: Round, without?: string): void {
  rounds.value = rounds.value.filter(each => each.key !== key)
  send(files.filter(({ name }) => name !== without))
}

/** Follows a load that was found unfinished, such as after this page was opened again. */
export function adopt(load: Load): void {
  if (finished(load) || rounds.value.some(each => each.load?.id === load.id)) return
  const round: Round = { key: load.id, files: [], sending: false, load, refusal: null }
  rounds.value = [round, ...rounds.value]
  void follow(round, load)
}

function know(round: Round, known: Partial<Round>): void {
  rounds.value = rounds.value.map(each => (each.key === round.key ? { ...each, ...known } : each))
}

async function carry(round: Round): Promise<void> {
  know(round, { sending: true })
  const documents = round.files.map(({ name }) => ({ name, content: { upload: null } }))
  const files = round.files.map(({ file }, index) => ({ path: `variables.documents.${index}.content.upload`, file }))
  try {
    const { loadDocuments: told } = await ask(DataLoad, { documents }, undefined, { files })
    if (told?.__typename === 'Load') return await follow(round, told)
    if (told) know(round, { refusal: { ...told, code: told.__typename } })
  } catch (error) {
    const { code = '', message } = error as NoAnswer
    know(round, { refusal: { code, message: error instanceof NoAnswer ? `${message} ${error.remedy}`.trim() : message } })
  }
}

/** Tells of a load until it is finished: as the server tells, or by asking where its socket cannot be had. */
async function follow(round: Round, begun: Load): Promise<void> {
  let load = begun
  const tell = (told: Load): void => know(round, { load: (load = told) })
  tell(begun)
  for (let sockets = 3; !finished(load); ) {
    if (sockets > 0) {
      try {
        await listen(DataProgress, { id: load.id }, ({ loadProgress }) => tell(loadProgress))
      } catch {
        sockets--
      }
      if (finished(load)) break
    }
    await new Promise(done => setTimeout(done, PAUSE_MS))
    try {
      const { load: told } = await ask(DataOneLoad, { id: load.id })
      if (!told) return know(round, { refusal: { code: 'LOST', message: '' } })
      tell(told)
    } catch (error) {
      const code = error instanceof NoAnswer ? error.code : ''
      if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return know(round, { refusal: { code, message: '' } })
      // else the server is away for a while
    }
  }
  changes.value++
}
