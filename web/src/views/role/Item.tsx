import { href } from '../../address'
import { graphql } from '../../generated'
import type { ItemPartsFragment, ListedPartsFragment } from '../../generated/graphql'
import { placed } from '../../parts/terms'
import { both, skillName } from '../../words'
import { Marked } from './Marked'

export const ItemParts = graphql(`
  fragment ItemParts on Item {
    id
    text
    skills(first: 20) {
      edges {
        node {
          id
          name
          nameEn
        }
        mentions(first: 3) {
          startUtf16
          endUtf16
          necessity
          level
        }
      }
    }
    departments(first: 5) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)

export const ListedParts = graphql(`
  fragment ListedParts on ItemMention {
    id
    heading
    line
    necessity
    posting {
      id
      title
      organization
      document {
        origin
      }
    }
  }
`)

const words = both({
  preferred: ['优先', 'preferred'],
  skills: ['技能：', 'Skills: '],
  involves: ['涉及：', 'Involves: '],
  comma: ['、', ', '],
  了解: ['了解', 'basic'],
  熟悉: ['熟悉', 'familiar'],
  掌握: ['掌握', 'proficient'],
  精通: ['精通', 'expert'],
})

interface ItemProps {
  item: ItemPartsFragment
  places: ListedPartsFragment[]
  /** Of the role, which the title of a posting mostly repeats. */
  name: string
}

/** A duty or requirement: its words that ask for skills marked, these skills, and where it is listed. */
export function Item({ item, places, name }: ItemProps) {
  const skills = item.skills.edges
  const marks = skills.flatMap(({ node, mentions }) =>
    mentions.map(({ startUtf16, endUtf16 }) => ({ start: startUtf16, end: endUtf16, of: skillName(node) })),
  )
  const preferred = places.length > 0 && places.every(({ necessity }) => necessity === 'PREFERRED')
  return (
    <li class="role-item">
      <p class="role-text">
        <span lang="zh-CN">
          <Marked text={item.text} marks={marks} />
        </span>
        {preferred && <small class="tag">{words.preferred}</small>}
      </p>
      {skills.length > 0 && (
        <p class="role-asks">
          {words.skills}
          {skills.map(({ node, mentions }, index) => (
            <span key={node.id}>
              {index > 0 && words.comma}
              <a href={href('skill', [node.id])}>{skillName(node)}</a>
              {mentions[0]?.level && <small> {words[mentions[0].level as '了解'] ?? mentions[0].level}</small>}
              {!preferred && mentions.length > 0 && mentions.every(({ necessity }) => necessity === 'PREFERRED') && (
                <small> {words.preferred}</small>
              )}
            </span>
          ))}
        </p>
      )}
      {item.departments.edges.length > 0 && (
        <p class="role-asks">
          {words.involves}
          {item.departments.edges.map(({ node }, index) => (
            <span key={node.id} lang="zh-CN">
              {index > 0 && words.comma}
              <a href={href('role', [node.id])}>{node.name}</a>
            </span>
          ))}
        </p>
      )}
      {places.map(({ id, line, posting }) => (
        <cite key={id}>
          {placed({ origin: posting.document.origin, line })}
          <span lang="zh-CN">{[posting.organization, posting.title].filter(each => each && each !== name).map(each => ` · ${each}`)}</span>
        </cite>
      ))}
    </li>
  )
}
