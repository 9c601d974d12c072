import type { ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { here, href, served, VIEWS, withQuery, type Address, type View } from './address'
import { reached } from './ask'
import { Empty, useEmpty } from './parts/Empty'
import { KeyForm } from './parts/KeyForm'
import { Compare } from './views/Compare'
import { both, language, LANGUAGES, speak } from './words'

const words = both({
  compare: ['对比', 'Compare'],
  move: ['转岗', 'Move'],
  role: ['岗位', 'Role'],
  skill: ['技能', 'Skill'],
  graph: ['图谱', 'Graph'],
  data: ['数据', 'Data'],
  views: ['视图', 'Views'],
  skip: ['跳到内容', 'Skip to the content'],
  gone: ['服务器没有应答，正在重试……', 'The server does not answer. Trying again …'],
  loading: ['载入中……', 'Loading …'],
  failed: ['此页的脚本没有载入，请刷新。', 'The script of this view was not loaded. Reload the page.'],
  home: ['rolegraph 首页', 'rolegraph, first page'],
  language: ['语言', 'Language'],
  licences: ['所用软件的许可', 'Licences of the software in it'],
  developers: ['开发者：', 'For developers: '],
})

const NAMES = { zh: '中文', en: 'English' } as const

/** What each view is asked for with. Its address may change while it is shown. */
export interface ViewProps {
  address: Address
}

type Shown = ComponentType<ViewProps>

/** Views that are not needed at first; their scripts are asked for when they are. */
const LATER: Record<Exclude<View, 'compare'>, () => Promise<Shown>> = {
  move: () => import('./views/Move').then(({ Move }) => Move),
  role: () => import('./views/Role').then(({ Role }) => Role),
  skill: () => import('./views/Skill').then(({ Skill }) => Skill),
  graph: () => import('./views/Graph').then(({ Graph }) => Graph),
  data: () => import('./views/Data').then(({ Data }) => Data),
}

export function Page() {
  const { view } = here.value
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const empty = useEmpty()
  useEffect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  }, [language.value])
  // Until a view gives the window a title that says more.
  useLayoutEffect(() => {
    document.title = `${words[view]} · rolegraph`
  }, [view])
  // Somebody who hears the page is told that another view is there; a first view leaves the focus to its search box.
  useEffect(() => {
    if (!first.current) main.current?.focus()
    first.current = false
  }, [view])
  return (
    <>
      <a class="skip" href="#content" onClick={event => (event.preventDefault(), main.current?.focus())}>
        {words.skip}
      </a>
      <header class="top">
        <a class="brand" href={href('compare')} aria-label={words.home}>
          rolegraph
        </a>
        <nav aria-label={words.views}>
          {VIEWS.map(each => (
            <a key={each} href={href(each)} aria-current={each === view ? 'page' : undefined}>
              {words[each]}
            </a>
          ))}
        </nav>
        <div class="languages" role="group" aria-label={words.language}>
          {LANGUAGES.map(each => (
            <a
              key={each}
              href={withQuery({ lang: null })}
              lang={each === 'zh' ? 'zh-CN' : 'en'}
              aria-current={each === language.value ? 'true' : undefined}
              onClick={() => speak(each)}
            >
              {NAMES[each]}
            </a>
          ))}
        </div>
      </header>
      <p class="gone" role="status">
        {!reached.value && words.gone}
      </p>
      <main id="content" ref={main} tabIndex={-1}>
        <KeyForm />
        {empty && view !== 'data' ? <Empty /> : <View key={view} address={here.value} />}
      </main>
      <footer>
        {words.developers}
        <a href={served('graphql')} target="_blank" rel="noreferrer">
          GraphQL
        </a>
        {' · '}
        <a href={served('LICENSES.txt')} target="_blank" rel="noreferrer">
          {words.licences}
        </a>
      </footer>
    </>
  )
}

function View({ address }: ViewProps) {
  const { view } = address
  const [Shown, put] = useState<Shown | null>(() => (view === 'compare' ? Compare : null))
  const [failed, fail] = useState(false)
  useEffect(() => {
    if (view !== 'compare') void LATER[view]().then(loaded => put(() => loaded), () => fail(true))
  }, [view])
  if (failed) return <p role="alert">{words.failed}</p>
  return Shown ? <Shown address={address} /> : <p role="status">{words.loading}</p>
}
