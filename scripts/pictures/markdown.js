// As much of GitHub's markdown as the job summary uses, as HTML: headings, paragraphs, tables, lists of two levels, quotes
// with a warning, fenced blocks, code and bold. Tags in it stay tags, as they do there.

const inline = (text) =>
  text
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|\s)\*([^*]+)\*/g, '$1<em>$2</em>')

/** @param drawn whether blocks of mermaid are left to be drawn, or shown as text */
export function toHtml(markdown, drawn) {
  const blocks = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    const take = (pattern) => {
      const taken = []
      while (at < lines.length && pattern.test(lines[at])) taken.push(lines[at++])
      at--
      return taken
    }
    if (line.startsWith('```')) {
      const body = []
      while (lines[++at] !== '```') body.push(lines[at])
      const text = body.join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      blocks.push(drawn ? `<pre class="mermaid">${text}</pre>` : `<pre class="block">${text}</pre>`)
    } else if (/^#{2,3} /.test(line)) {
      const level = line.indexOf(' ')
      blocks.push(`<h${level}>${inline(line.slice(level + 1))}</h${level}>`)
    } else if (line.startsWith('> ')) {
      const [, ...said] = take(/^> /).map((one) => one.slice(2))
      const body = said.map((one) =>
        one.startsWith('- ') ? `<li>${inline(one.slice(2))}</li>` : `<p>${inline(one)}</p>`,
      )
      blocks.push(`<blockquote><p><strong>⚠ Warning</strong></p>${body.join('')}</blockquote>`)
    } else if (line.startsWith('| ')) {
      const [head, , ...rows] = take(/^\| /).map((one) => one.slice(2, -2).split(' | '))
      const row = (cells, tag) =>
        `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`
      blocks.push(
        `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((one) => row(one, 'td')).join('')}</tbody></table>`,
      )
    } else if (line.startsWith('- ')) {
      blocks.push(
        `<ul>${take(/^( {2})?- /)
          .map((one) =>
            one.startsWith('- ')
              ? `<li>${inline(one.slice(2))}</li>`
              : `<ul><li>${inline(one.slice(4))}</li></ul>`,
          )
          .join('')}</ul>`,
      )
    } else if (line !== '') blocks.push(line.startsWith('<') ? line : `<p>${inline(line)}</p>`)
  }
  return blocks.join('\n')
}
