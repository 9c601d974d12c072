import { both } from '../../words'

/** The titles of the parts of the view, which its table of contents names too. */
export const titles = both({
  skills: ['技能', 'Skills'],
  duties: ['职责', 'Duties'],
  requirements: ['任职要求', 'Requirements'],
  career: ['部门与发展', 'Department and career'],
  structure: ['岗位与部门', 'Roles and departments'],
  indicators: ['考核指标', 'Indicators'],
  similar: ['相似岗位', 'Similar roles'],
  postings: ['招聘帖与文档', 'Postings and documents'],
})
