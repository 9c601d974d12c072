import type { TypedDocumentString } from './generated/graphql.js'

/** What a server sends for a request that it did not answer, or not in full. */
export class RequestFailed extends Error {}

interface Response<Data> {
  data?: Data | null
  errors?: { message: string; extensions?: { code?: string; remedy?: string } }[]
}

/** The answer to a query, of the type that its document has. Throws RequestFailed. */
export async function ask<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const key = process.env.ROLEGRAPH_API_KEY
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json',
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  if (!response.headers.get('Content-Type')?.includes('json')) {
    throw new RequestFailed(`${url} answers ${response.status} without JSON: is it rolegraph?`)
  }
  const { data, errors } = (await response.json()) as Response<Data>
  if (errors?.length || !data) {
    throw new RequestFailed(errors?.map(error => error.message).join('\n') ?? `${url} answers ${response.status}`)
  }
  return data
}
