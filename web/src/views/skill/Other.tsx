import { href } from '../../address'
import { useAnswer } from '../../ask'
import { graphql } from '../../generated'
import { both } from '../../words'

const SkillOther = graphql(`
  query SkillOther($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Role {
        name
      }
      ... on Department {
        name
      }
    }
  }
`)

const words = both({
  role: [(name: string) => `这是岗位“${name}”的标识。`, (name: string) => `This is the id of the role “${name}”.`],
  department: [(name: string) => `这是部门“${name}”的标识。`, (name: string) => `This is the id of the department “${name}”.`],
  thing: ['这是图中另一种内容的标识。', 'This is the id of something else in the graph.'],
  show: ['查看', 'Show it'],
})

/** What an id stands for that is no skill's, if for anything. */
export function Other({ id }: { id: string }) {
  const node = useAnswer(SkillOther, { id }).answer?.node
  if (!node || node.__typename === 'Skill') return null
  const [told, view] =
    node.__typename === 'Role'
      ? [words.role(node.name), 'role' as const]
      : node.__typename === 'Department'
        ? [words.department(node.name), 'role' as const]
        : [words.thing, 'graph' as const]
  return (
    <p>
      {told} <a href={href(view, [node.id])}>{words.show}</a>
    </p>
  )
}
