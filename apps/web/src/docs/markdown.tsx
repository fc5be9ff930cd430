import { Lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { CodeBlock } from '../code/code-block.tsx'
import { anchorOf } from './anchor-of.ts'
import { type ResolveLink, resolveDocLink } from './resolve-doc-link.ts'

/** A document of this repository. Its tokens become elements here: no HTML of a document reaches the page. */
export function Markdown({ text, file }: { text: string; file: string }) {
  const resolve: ResolveLink = (href) => resolveDocLink(href, file)
  return <div className="prose">{blocks(new Lexer().lex(text), resolve)}</div>
}

function blocks(tokens: readonly Token[], resolve: ResolveLink): ReactNode[] {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a document have no other name, and never move.
    <Fragment key={index}>{block(token, resolve)}</Fragment>
  ))
}

function block(token: Token, resolve: ResolveLink): ReactNode {
  switch (token.type) {
    case 'heading': {
      const { depth, text, tokens } = token as Tokens.Heading
      const Heading = `h${depth}` as 'h1'
      return <Heading id={anchorOf(text)}>{inline(tokens, resolve)}</Heading>
    }
    case 'paragraph':
      return <p>{inline(token.tokens, resolve)}</p>
    case 'text':
      return token.tokens ? inline(token.tokens, resolve) : (token as Tokens.Text).text
    case 'code':
      return <CodeBlock code={(token as Tokens.Code).text} language={(token as Tokens.Code).lang ?? ''} />
    case 'blockquote':
      return <blockquote>{blocks(token.tokens ?? [], resolve)}</blockquote>
    case 'list':
      return list(token as Tokens.List, resolve)
    case 'table':
      return table(token as Tokens.Table, resolve)
    case 'hr':
      return <hr />
    default:
      return null
  }
}

function list({ ordered, start, items }: Tokens.List, resolve: ResolveLink): ReactNode {
  const children = items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
    <li key={index}>{blocks(item.tokens, resolve)}</li>
  ))
  return ordered ? <ol start={Number(start) || 1}>{children}</ol> : <ul>{children}</ul>
}

function table({ header, rows }: Tokens.Table, resolve: ResolveLink): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a landmark for each of many tables would be noise.
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Table">
      <table>
        {header.some(({ text }) => text !== '') && (
          <thead>
            <tr>
              {header.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <th key={index} scope="col">
                  {inline(cell.tokens, resolve)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <tr key={at}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={index}>{inline(cell.tokens, resolve)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function inline(tokens: readonly Token[] | undefined, resolve: ResolveLink): ReactNode {
  return tokens?.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
    <Fragment key={index}>{span(token, resolve)}</Fragment>
  ))
}

function span(token: Token, resolve: ResolveLink): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens, resolve)}</strong>
    case 'em':
      return <em>{inline(token.tokens, resolve)}</em>
    case 'del':
      return <del>{inline(token.tokens, resolve)}</del>
    case 'codespan':
      return <code>{unescaped((token as Tokens.Codespan).text)}</code>
    case 'br':
      return <br />
    case 'link': {
      const href = resolve((token as Tokens.Link).href)
      const content = inline(token.tokens, resolve)
      return href === undefined ? content : <a href={href}>{content}</a>
    }
    case 'image': {
      const { href, text } = token as Tokens.Image
      const source = resolve(href)
      // biome-ignore lint/performance/noImgElement: an SVG of our own, which needs no optimiser.
      return source && <img src={source} alt={text} />
    }
    case 'text':
    case 'escape':
      return unescaped((token as Tokens.Text).text)
    default:
      return null
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }

/** The lexer escapes for HTML, and React escapes again. */
function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => entities[name] ?? '')
}
