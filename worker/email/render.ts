import type { Block } from './document.ts';

/** The document as plain text, for readers without HTML. */
export function toText(blocks: readonly Block[]): string {
  return `${blocks.map(textOf).join('\n\n')}\n`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text;
    case 'quote':
      return inert(block.text)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'action':
    case 'link':
      return `${block.label}:\n${block.url}`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
  }
}

/**
 * The document as HTML with its looks in line, since mail programs take no style sheets. It loads
 * nothing, so that reading it tells nobody.
 */
export function toHtml(subject: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto">
${blocks.map(htmlOf).join('\n')}
</div></body></html>
`;
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p dir="auto" style="margin:0 0 16px">${lines(block.text)}</p>`;
    case 'note':
      return `<p dir="auto" style="margin:0 0 16px;font-size:13px;color:#6b7280">${lines(block.text)}</p>`;
    case 'quote':
      return `<blockquote dir="auto" style="margin:0 0 16px;padding-inline-start:12px;border-inline-start:3px solid #9ca3af;color:#6b7280">${lines(inert(block.text))}</blockquote>`;
    case 'action':
      return `<p style="margin:0 0 16px">${anchor(block, 'display:inline-block;padding:10px 18px;border-radius:8px;background:#2f5bea;color:#ffffff;text-decoration:none;font-weight:600')}</p>
<p style="margin:0 0 16px;font-size:13px;color:#6b7280;word-break:break-all">${escaped(block.url)}</p>`;
    case 'link':
      return `<p style="margin:0 0 16px">${anchor(block, 'color:#2f5bea')}</p>`;
    case 'list':
      return `<ul style="margin:0 0 16px;padding-inline-start:20px">${block.items
        .map((item) => `<li dir="auto">${lines(item)}</li>`)
        .join('')}</ul>`;
  }
}

/**
 * A text in which no mail program finds an address to make a link of, though a person can still read
 * it: `https[:]//shop[.]example`.
 */
function inert(text: string): string {
  return text
    .replace(/:(?=[/\\])|(?<=\b(?:mailto|tel|sms|data|javascript)):/gi, '[:]')
    .replace(/(?<=[\p{L}\p{N}-])[.\u3002\uff0e\uff61](?=\p{L}[\p{L}\p{N}])/gu, '[.]')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
}

function anchor({ label, url }: { label: string; url: string }, style: string): string {
  if (!/^https?:\/\//i.test(url)) return escaped(label);
  return `<a href="${escaped(url)}" style="${style}">${escaped(label)}</a>`;
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
