import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';

/** What an embed says of a widget. */
export type Embedded = Pick<
  WidgetSettingsRecord,
  'public_key' | 'accent' | 'position' | 'launcher' | 'launcher_text'
>;

/** Escapes a text for a double-quoted attribute. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The options by their names, without those that have their default. */
function optionsOf(settings: Embedded): [name: string, value: string][] {
  const { public_key, accent, position, launcher, launcher_text } = settings;
  const options = {
    key: public_key,
    accent,
    position,
    text: launcher === 'icon' ? null : launcher_text,
  };
  return Object.entries(options).flatMap(([name, value]) => (value ? [[name, value]] : []));
}

/** The script tag that adds the widget to a website. */
export function scriptTag(settings: Embedded, origin: string): string {
  const attributes = optionsOf(settings).map(
    ([name, value]) => ` data-${name}="${escaped(value)}"`,
  );
  return `<script async src="${origin}/widget.js"${attributes.join('')}></script>`;
}

/** The same for tag managers, which drop `data-` attributes: the options are in the address. */
export function tagManagerTag(settings: Embedded, origin: string): string {
  const query = new URLSearchParams(optionsOf(settings));
  return `<script async src="${escaped(`${origin}/widget.js?${query}`)}"></script>`;
}

/** A component that adds the widget once, for React and what is built on it. */
export function reactComponent(settings: Embedded, origin: string): string {
  const data = optionsOf(settings).map(
    ([name, value]) => `    script.dataset.${name} = ${JSON.stringify(value)};\n`,
  );
  return `import { useEffect } from 'react';

export function Chat() {
  useEffect(() => {
    const src = '${origin}/widget.js';
    if (document.querySelector(\`script[src="\${src}"]\`)) return;
    const script = document.createElement('script');
    script.src = src;
    script.async = true;
${data.join('')}    document.body.append(script);
  }, []);
  return null;
}`;
}
