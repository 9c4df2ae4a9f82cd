import { createHash } from 'node:crypto'

/** Each pair of ink and ground is told apart by at least 4.5 to 1 (WCAG 2, AA); a test computes it. */
export const palettes = {
  light: {
    page: '#ffffff',
    ink: '#1f2328',
    muted: '#59636e',
    line: '#d1d9e0',
    panel: '#f6f8fa',
    link: '#0550ae',
    'met-ink': '#0f5323',
    'met-ground': '#dafbe1',
    'met-edge': '#1a7f37',
    'unmet-ink': '#8c0d20',
    'unmet-ground': '#ffebe9',
    'unmet-edge': '#cf222e',
    'unknown-ink': '#633c01',
    'unknown-ground': '#fff8c5',
    'unknown-edge': '#9a6700',
    'exempt-ink': '#454c54',
    'exempt-ground': '#f0f2f5',
    'exempt-edge': '#6e7781',
  },
  dark: {
    page: '#0d1117',
    ink: '#e6edf3',
    muted: '#9da7b3',
    line: '#30363d',
    panel: '#161b22',
    link: '#79c0ff',
    'met-ink': '#7ee787',
    'met-ground': '#10261a',
    'met-edge': '#2ea043',
    'unmet-ink': '#ffa198',
    'unmet-ground': '#2f1517',
    'unmet-edge': '#f85149',
    'unknown-ink': '#f2cc60',
    'unknown-ground': '#2b2310',
    'unknown-edge': '#bb8009',
    'exempt-ink': '#b1bac4',
    'exempt-ground': '#1c2128',
    'exempt-edge': '#6e7681',
  },
} as const

function variables(palette: Readonly<Record<string, string>>): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('')
}

const statuses = ['met', 'unmet', 'unknown', 'exempt']

function perStatus(rule: (name: string) => string): string {
  return statuses.map(rule).join('\n')
}

export const style = `
:root{color-scheme:light dark;${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main,footer{max-width:1060px;margin:0 auto;padding:0 24px}
h1{font-size:30px;line-height:1.2;margin:0}
h2{font-size:20px;margin:36px 0 10px;padding-bottom:6px;border-bottom:1px solid var(--line)}
h3{font-size:16px;margin:18px 0 6px}
p{margin:6px 0}
a{color:var(--link)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;margin:8px 0;white-space:pre-wrap;user-select:all}
.banner{margin:24px auto 0;border:1px solid;border-left-width:8px;border-radius:10px;padding:22px 24px;display:flex;gap:20px;align-items:flex-start;max-width:1012px}
.banner p{font-size:17px;overflow-wrap:anywhere}
.banner .turn{font-size:15px}
.badge{flex:none;width:54px;height:54px}
.badge circle{fill:currentColor}
.badge path{fill:none;stroke:var(--page);stroke-width:5;stroke-linecap:round;stroke-linejoin:round}
${perStatus((name) => `.banner.${name}{color:var(--${name}-ink);background:var(--${name}-ground);border-color:var(--${name}-edge)}`)}
.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:14px 0 0;padding:0;color:var(--muted);font-size:13px}
.facts div{display:flex;gap:6px}
.facts dt::after{content:":"}
.facts dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
.warn{border:1px solid var(--unknown-edge);border-left-width:6px;background:var(--unknown-ground);color:var(--unknown-ink);border-radius:8px;padding:8px 16px;margin:14px 0}
.warn ul{margin:4px 0;padding-left:20px}
.wide{overflow-x:auto;margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;color:var(--muted);font-size:13px;padding:2px 0 6px}
th,td{text-align:left;vertical-align:top;padding:7px 12px;border:1px solid var(--line);min-width:120px}
th[scope=row]{font-weight:inherit;min-width:190px}
thead th{background:var(--panel)}
.pill{display:inline-block;border:1px solid;border-radius:20px;padding:0 9px;font-size:13px;font-weight:600;white-space:nowrap}
${perStatus((name) => `.pill.${name}{color:var(--${name}-ink);background:var(--${name}-ground);border-color:var(--${name}-edge)}`)}
.card-box{border:1px solid var(--line);border-left:6px solid var(--line);border-radius:8px;padding:6px 16px 10px;margin:12px 0}
${perStatus((name) => `.card-box.${name}{border-left-color:var(--${name}-edge)}`)}
.card-box ul{padding-left:20px;margin:8px 0}
.next{background:var(--panel);border-radius:6px;padding:6px 12px;margin:8px 0}
.note{color:var(--muted);font-size:14px}
details{border:1px solid var(--line);border-radius:8px;padding:0 14px;margin:8px 0}
details[open]{padding-bottom:10px}
summary{cursor:pointer;padding:8px 0;overflow-wrap:anywhere}
figure{margin:10px 0;overflow-x:auto}
.tree{display:block;width:100%;min-width:680px;height:auto;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.tree rect{stroke-width:1}
.tree .label{font-size:14px;font-weight:600}
.tree .detail{font-size:12px}
.tree .word{font-size:13px;font-weight:600}
.tree text{fill:var(--ink)}
.tree .detail{fill:var(--muted)}
.tree .edge{fill:none;stroke-width:1.5;stroke:var(--line)}
.tree .sign{fill:none;stroke:var(--page);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
${perStatus((name) => `.tree .card.${name} rect{fill:var(--page);stroke:var(--line)}.tree .card.${name} circle{fill:var(--${name}-edge)}.tree .card.${name} .word{fill:var(--${name}-ink)}`)}
.tree .card.unmet:not(.idle) rect{fill:var(--unmet-ground);stroke:var(--unmet-edge)}
.tree .card.unknown:not(.idle) rect{fill:var(--unknown-ground);stroke:var(--unknown-edge)}
.tree .edge.unmet{stroke:var(--unmet-edge)}
.tree .edge.unknown{stroke:var(--unknown-edge)}
.tree .card.idle rect{stroke-dasharray:4 3}
.tree .card.idle circle{fill:var(--exempt-edge)}
.tree .card.idle .word{fill:var(--exempt-ink)}
.checks,.checks ul{list-style:none;padding-left:16px;margin:4px 0;border-left:1px solid var(--line)}
.checks li{margin:6px 0;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:13px;margin:40px auto 30px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:640px){header,main,footer{padding:0 12px}.banner{padding:16px;gap:12px;margin:12px}.badge{width:36px;height:36px}h1{font-size:24px}}
@media print{:root{${variables(palettes.light)}}body{font-size:12px}details::details-content{content-visibility:visible;block-size:auto}h2,h3,summary{break-after:avoid}tr,.card-box,.tree{break-inside:avoid}header,main,footer{max-width:none}.banner,.pill,.warn,.tree{print-color-adjust:exact}}
`

/** Nothing is loaded, nothing runs and nothing is sent; the one style is known by its hash. */
export function contentSecurityPolicy(): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}
