import type { ComponentChildren } from 'preact'
import { here, withQuery } from '../../address'
import { both, number } from '../../words'

const words = both({ contents: ['本页内容', 'On this page'] })

interface PartProps {
  id: string
  title: string
  count?: number
  children: ComponentChildren
}

/** A part of the view that the table of contents leads to. */
export function Part({ id, title, count, children }: PartProps) {
  return (
    <section class="role-part" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
        {count !== undefined && <span class="count"> {number(count)}</span>}
      </h2>
      {children}
    </section>
  )
}

/** The table of contents of the view. */
export function Contents({ parts }: { parts: { id: string; title: string; count?: number }[] }) {
  void here.value // the links hold the query, and so follow it
  return (
    <nav class="role-contents" aria-label={words.contents}>
      <ul>
        {parts.map(({ id, title, count }) => (
          <li key={id}>
            <a href={`${withQuery({})}#${id}`}>
              {title}
              {count !== undefined && <span class="count"> {number(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
