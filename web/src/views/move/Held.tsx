import { go, withQuery } from '../../address'
import { EDUCATION, educationWords } from '../../parts/education'
import { both } from '../../words'
import { heldIn, heldQuery, yearsIn } from './held'

const words = both({
  title: ['填写本人的学历、年限、证书和语言', 'State your education, years, certificates and languages'],
  role: ['没有填写的，按出发岗位自己的最低要求推定。', 'What you leave out is taken from the least that the role of departure asks for.'],
  education: ['学历', 'Education'],
  unsaid: ['不填写', 'Not stated'],
  years: ['工作年限', 'Years of work'],
  field: ['何种工作', 'In what'],
  any: ['任何工作', 'any work'],
  certificates: ['证书', 'Certificates'],
  languages: ['语言', 'Languages'],
  several: ['几个之间用逗号', 'commas between several'],
})

/** What a person has besides skills; each change stands in the address at once. */
export function HeldForm({ query, role }: { query: URLSearchParams; role: boolean }) {
  const held = heldIn(query)
  const rows = [...yearsIn(query), null]
  return (
    <details class="move-held" open={held !== null}>
      <summary>{words.title}</summary>
      <form
        onSubmit={event => event.preventDefault()}
        onChange={event => go(withQuery(heldQuery(new FormData(event.currentTarget))), { replace: true })}
      >
        <label>
          {words.education}
          <select name="education" value={held?.education ?? ''}>
            <option value="">{words.unsaid}</option>
            {EDUCATION.map(step => (
              <option key={step} value={step}>
                {educationWords[step]}
              </option>
            ))}
          </select>
        </label>
        <div>
          {rows.map((row, index) => (
            <div key={index} class="move-years" role="group" aria-label={words.years}>
              <label>
                {words.years}
                <input name="years" type="number" min={0} max={80} step={0.5} value={row?.years ?? ''} />
              </label>
              <label>
                {words.field}
                <input name="field" type="text" placeholder={words.any} value={row?.field ?? ''} />
              </label>
            </div>
          ))}
        </div>
        {(['certificates', 'languages'] as const).map(name => (
          <label key={name}>
            {words[name]}
            <input name={name} type="text" placeholder={words.several} value={held?.[name] ? [held[name]].flat().join('，') : ''} />
          </label>
        ))}
      </form>
      {role && <p class="soft">{words.role}</p>}
    </details>
  )
}
