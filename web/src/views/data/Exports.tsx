import { useRef, useState } from 'preact/hooks'
import { served } from '../../address'
import { key } from '../../ask'
import { both } from '../../words'
import { Fetched } from './Fetched'
import { size, useSizes } from './sizes'

const words = both({
  title: ['导出', 'Export'],
  lead: ['整个图谱，RDF 格式；各格式内容相同。', 'The whole graph as RDF; all formats say the same.'],
  format: ['格式', 'Format'],
  good: ['适合', 'Good for'],
  file: ['文件', 'File'],
  packed: ['压缩文件（gzip）', 'Compressed (gzip)'],
  turtle: ['阅读，多数工具', 'reading, most tools'],
  nt: ['逐行处理的大数据', 'large data, line by line'],
  rdf: ['较旧的工具', 'older tools'],
  trig: ['按文档查看各自的内容', 'telling which document says what'],
  jsonld: ['习惯 JSON 的程序', 'programs that like JSON'],
  counting: ['计算中……', 'measuring …'],
  patience: ['正在逐个写出以计算大小；图谱很大时要几分钟。不必等待，现在就可以下载。', 'Each file is being written once to measure it, which takes minutes for a large graph. You need not wait: all can be downloaded now.'],
  below: [(size: string) => `不到 ${size}`, (size: string) => `less than ${size}`],
  quotes: ['文档原句', 'Sentences of the documents'],
  full: ['包含', 'included'],
  spans: ['不含，只标明位置', 'left out, only their places told'],
  none: ['不含，也不标明位置', 'left out, with their places'],
  off: ['此服务器不提供导出。', 'This server gives no exports.'],
  rights: [
    '文档、其中的语句和名称归各自的权利人，公开前请先取得许可。rolegraph 自带的技能表用 Apache License 2.0；与 ESCO 的对应关系用 CC BY 4.0。',
    'The documents, their sentences and names belong to their owners: ask them before you publish. The skills that come with rolegraph are under the Apache License 2.0, the matches to ESCO under CC BY 4.0.',
  ],
  base: [
    '此服务器的标识以 http://localhost 开头，只适合本机试用。要交给别人的导出，请先设置 ROLEGRAPH_BASE_IRI。',
    'The IRIs of this server begin with http://localhost, which is fine for a try on one machine. Set ROLEGRAPH_BASE_IRI before you give an export to others.',
  ],
  others: ['供程序和数据团队：', 'For programs and data teams: '],
  ontology: ['本体', 'Ontology'],
  described: ['数据集说明（VoID）', 'Description of the data (VoID)'],
})

const FORMATS = [
  { suffix: 'ttl', name: 'Turtle', good: 'turtle' },
  { suffix: 'nt', name: 'N-Triples', good: 'nt' },
  { suffix: 'trig', name: 'TriG', good: 'trig' },
  { suffix: 'jsonld', name: 'JSON-LD', good: 'jsonld' },
  { suffix: 'rdf', name: 'RDF/XML', good: 'rdf' },
] as const

const QUOTES = ['full', 'spans', 'none'] as const

/** The files in which the graph can be taken away, with what each weighs. */
export function Exports() {
  const section = useRef<HTMLElement>(null)
  const sizes = useSizes(section)
  const [quotes, quote] = useState<(typeof QUOTES)[number]>('full')
  const known = (suffix: string): number | undefined => (sizes && sizes !== 'none' ? sizes.bytes[suffix] : undefined)
  const told = (suffix: string): string => {
    const bytes = known(suffix)
    return bytes === undefined ? words.counting : quotes === 'full' ? size(bytes) : words.below(size(bytes))
  }
  const file = (suffix: string) => {
    const path = served(`export.${suffix}`) + (quotes === 'full' ? '' : `?quotes=${quotes}`)
    return (
      <>
        {key.value ? (
          <Fetched path={path} name={`.${suffix}`} bytes={quotes === 'full' ? known(suffix) : undefined} />
        ) : (
          <a href={path} download>
            .{suffix}
          </a>
        )}{' '}
        <span class="count">{told(suffix)}</span>
      </>
    )
  }
  return (
    <section ref={section} aria-labelledby="data-exports">
      <h2 id="data-exports">{words.title}</h2>
      {sizes === 'none' ? (
        <p>{words.off}</p>
      ) : (
        <>
          <p>{words.lead}</p>
          <p>
            <label>
              {words.quotes}{' '}
              <select value={quotes} onChange={event => quote(event.currentTarget.value as typeof quotes)}>
                {QUOTES.map(each => (
                  <option key={each} value={each}>
                    {words[each]}
                  </option>
                ))}
              </select>
            </label>
          </p>
          <div class="scroll files" tabIndex={0} role="region" aria-label={words.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.format}</th>
                  <th scope="col">{words.file}</th>
                  <th scope="col">{words.packed}</th>
                  <th scope="col">{words.good}</th>
                </tr>
              </thead>
              <tbody>
                {FORMATS.map(({ suffix, name, good }) => (
                  <tr key={suffix}>
                    <th scope="row">{name}</th>
                    <td class="file">{file(suffix)}</td>
                    <td class="file">{file(`${suffix}.gz`)}</td>
                    <td class="good">{words[good]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p role="status" class="soft">
            {sizes?.counting && words.patience}
          </p>
          <p class="soft">{words.rights}</p>
          {sizes && /^https?:\/\/localhost\b/.test(sizes.base) && <p class="panel warning">{words.base}</p>}
        </>
      )}
      <div class="others">
        {words.others}
        <ul class="inline">
          {sizes !== 'none' && <Outside path="ontology" name={words.ontology} />}
          {sizes !== 'none' && <Outside path=".well-known/void" name={words.described} />}
          <Outside path="sparql" name="SPARQL" />
          <Outside path="graphql" name="GraphQL" />
        </ul>
      </div>
    </section>
  )
}

function Outside({ path, name }: { path: string; name: string }) {
  return (
    <li>
      <a href={served(path)} target="_blank" rel="noreferrer">
        {name}
      </a>
    </li>
  )
}
