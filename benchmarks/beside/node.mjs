// The programs in JavaScript that peers.py measures: node node.mjs run|first NAME PASSES SECONDS LONG
//
// Reads inputs.jsonl beside this file. `run` writes answers.jsonl and prints CPU seconds of the best of several passes
// and peak memory in MB; `first` prints CPU seconds from the start to the first answer. Packages come from node_modules beside this file.

import { readFileSync, writeFileSync } from 'node:fs'

const HERE = new URL('.', import.meta.url)

// Each loads a program and gives the function that answers. A page's text keeps its paragraphs apart.
const PROGRAMS = {
  '@mozilla/readability': async () => {
    const { Readability } = await import('@mozilla/readability')
    const { JSDOM, VirtualConsole } = await import('jsdom')
    return (html) => {
      const dom = new JSDOM(html, { url: 'https://example.org/', virtualConsole: new VirtualConsole() })
      try {
        return new Readability(dom.window.document).parse()?.textContent ?? null
      } finally {
        dom.window.close()
      }
    }
  },
  '@mozilla/readability over linkedom': async () => {
    const { Readability } = await import('@mozilla/readability')
    const { parseHTML } = await import('linkedom')
    return (html) => new Readability(parseHTML(html).document).parse()?.textContent ?? null
  },
  '@extractus/article-extractor': async () => {
    const { extractFromHtml } = await import('@extractus/article-extractor')
    return async (html) => asText((await extractFromHtml(html, 'https://example.org/'))?.content)
  },
  defuddle: async () => {
    const { Defuddle } = await import('defuddle/node')
    return async (html) => asText((await Defuddle(html, 'https://example.org/'))?.content)
  },
  'write-good (weasel)': async () => {
    const { default: writeGood } = await import('write-good')
    const others = ['illusion', 'so', 'thereIs', 'passive', 'adverb', 'tooWordy', 'cliches']
    const options = Object.fromEntries(others.map((name) => [name, false]))
    return (text) => writeGood(text, options).length > 0
  },
  'retext-intensify': async () => {
    const { unified } = await import('unified')
    const { default: english } = await import('retext-english')
    const { default: intensify } = await import('retext-intensify')
    const { default: stringify } = await import('retext-stringify')
    const processor = unified().use(english).use(intensify).use(stringify).freeze()
    return (text) => processor.processSync(text).messages.some((message) => message.ruleId !== 'filler')
  },
  hedges: async () => {
    const { hedges } = await import('hedges')
    const pattern = new RegExp(`\\b(?:${hedges.join('|')})\\b`, 'i')
    return (text) => pattern.test(text)
  },
}

function asText(html) {
  if (html == null) return null
  const ends = html.replace(/<(?:\/(?:p|div|h[1-6]|li|blockquote|tr|figcaption|pre)|br\s*\/?)>/gi, '\n')
  const names = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
  return ends
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name) => names[name])
}

async function attempt(answer, input) {
  try {
    return await answer(input)
  } catch {
    return null
  }
}

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const [step, name, passes, least, long] = process.argv.slice(2)
const inputs = readFileSync(new URL('inputs.jsonl', HERE), 'utf8')
const answer = await PROGRAMS[name]()
if (step === 'first') {
  await attempt(answer, JSON.parse(inputs.slice(0, inputs.indexOf('\n'))))
  console.log(JSON.stringify({ start: cpu() }))
  process.exit(0)
}
const all = inputs.trimEnd().split('\n').map((line) => JSON.parse(line))
let [best, spent, done, answers] = [Infinity, 0, 0, []]
while (spent < Number(long) && (done < Number(passes) || spent < Number(least))) {
  const started = cpu()
  answers = []
  for (const input of all) answers.push(await attempt(answer, input))
  const took = cpu() - started
  best = Math.min(best, took)
  spent += took
  done += 1
}
writeFileSync(new URL('answers.jsonl', HERE), answers.map((each) => JSON.stringify(each) + '\n').join(''))
const memory = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds: best, memory, gave_up: answers.filter((each) => each === null).length }))
process.exit(0)
