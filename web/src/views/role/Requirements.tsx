import { graphql } from '../../generated'
import type { RequirementType, RoleRequirementsQuery } from '../../generated/graphql'
import { both } from '../../words'
import { Conditions } from './Conditions'
import { grouped } from './grouped'
import { Item } from './Item'
import { More } from './More'
import { usePages } from './pages'
import { Part } from './Part'
import type { Described } from './subject'
import { titles } from './titles'

const RoleRequirements = graphql(`
  query RoleRequirements($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      ... on Subject {
        requirements(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              type
              ...ItemParts
            }
            mentions(first: 5) {
              ...ListedParts
            }
          }
        }
      }
    }
  }
`)

const words = both({
  EDUCATION: ['学历与专业', 'Education'],
  EXPERIENCE: ['经验', 'Experience'],
  SKILL: ['知识与技能', 'Knowledge and skills'],
  LANGUAGE: ['语言', 'Languages'],
  TRAIT: ['素质', 'Traits'],
  OTHER: ['其他', 'Other'],
})

const TYPES: RequirementType[] = ['EDUCATION', 'EXPERIENCE', 'SKILL', 'LANGUAGE', 'TRAIT', 'OTHER']

const requirementsOf = ({ node }: RoleRequirementsQuery) => (node && 'requirements' in node ? node.requirements : null)

/** What a role or department asks for: in short, and in the words of its documents, by type. */
export function Requirements({ found }: { found: Described }) {
  const { id, name, requirements } = found.subject
  const pages = usePages(RoleRequirements, { id }, requirementsOf, 'requirements')
  const groups = grouped(pages.edges ?? [], ({ node }) => node.type)
  return (
    <Part id="requirements" title={titles.requirements} count={requirements.totalCount}>
      <Conditions id={id} postings={found.postings} />
      <div class="role-types">
        {TYPES.map(type => {
          const edges = groups.get(type)
          return (
            edges && (
              <section key={type} class="role-group">
                <h3>{words[type]}</h3>
                <ul class="role-items">
                  {edges.map(({ node, mentions }) => (
                    <Item key={node.id} item={node} places={mentions} name={name} />
                  ))}
                </ul>
              </section>
            )
          )
        })}
      </div>
      <More pages={pages} of={titles.requirements} />
    </Part>
  )
}
