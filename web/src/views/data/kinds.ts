import { both } from '../../words'

const words = both({
  'text/plain': ['文本', 'text'],
  'text/markdown': ['Markdown', 'Markdown'],
  'text/html': ['网页', 'web page'],
  'application/pdf': ['PDF', 'PDF'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['Word', 'Word'],
  'application/ld+json': ['JSON-LD', 'JSON-LD'],
})

/** What people call a media type; the type itself where they have no word for it. */
export function kind(mediaType: string): string {
  return words[mediaType as keyof typeof words] ?? mediaType
}
