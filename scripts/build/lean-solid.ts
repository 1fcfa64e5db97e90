import type { Plugin } from 'vite';

/** Makes the nodes `a` of a parent the nodes `b`, and moves none that is in its place. */
const plainReconcile = ` {
  let after = a[a.length - 1].nextSibling;
  const kept = new Set(b);
  for (const node of a) if (!kept.has(node)) node.remove();
  for (const node of [...b].reverse()) {
    if (node.nextSibling !== after || node.parentNode !== parentNode) {
      parentNode.insertBefore(node, after);
    }
    after = node;
  }
}`;

/** Whatever a view gives becomes an array of nodes; between others, an empty text keeps the place. */
const plainInsert = ` {
  while (typeof current === 'function') current = current();
  const nodes = [];
  const values = Array.isArray(value) ? value : [value];
  if (normalizeIncomingArray(nodes, values, current, unwrapArray)) {
    createRenderEffect(() => current = insertExpression(parent, nodes, current, marker, true));
    return () => current;
  }
  if (marker !== undefined && !nodes[0]) nodes.push(document.createTextNode(''));
  if (current?.[0]) reconcileArrays(current[0].parentNode || parent, current, nodes);
  else for (const node of nodes) parent.insertBefore(node, marker || null);
  return nodes;
}`;

const observe = `{
    (this.observers ??= new Set()).add(Listener);
    (Listener.sources ??= new Set()).add(this);
  }`;

/** Emptied and not replaced: a walk over the sources of a node that is cleaned meanwhile ends. */
const forget = `
    for (const source of node.sources) source.observers.delete(node);
    node.sources.clear();`;

/**
 * What Solid carries and the frame never uses: transitions, suspense, error boundaries, foreign
 * schedulers and the hydration of a server's HTML. All of it hangs on variables that stay empty;
 * written as constants, they let the minifier drop two fifths of Solid.
 */
const unused: Record<string, [pattern: RegExp, instead: string][]> = {
  'solid.js': [
    [/^let (Transition|Scheduler|ExternalSourceConfig|ERROR) = null;/gm, 'const $1 = null;'],
    [/(?<!const )\b(Transition|Scheduler|ExternalSourceConfig|ERROR) = /g, 'void '],
    [/SuspenseContext && useContext\(SuspenseContext\)/g, 'null'],
    [/ if \(s\) c\.suspense = s;/g, ''],
    [/ if \(node\.suspense && .*$/gm, ''],
    [/sharedConfig\.(context|effects) = /g, 'void '],
    [/sharedConfig\.(context|effects)/g, '(void 0)'],
    [/if \(node\.tOwned\)/g, 'if (false)'],
    [/^ +if .*\breleaseTransitionSource\(.*$/gm, ''],
    [/ options = options \? Object[^;]+;\n {2}(?=const s =)/, ' options = signalOptions;\n  '],
    [/castError\(err\)(?! \{)/g, 'err'],
    [/^ +if \(Updates\.length > 10e5\) \{[\s\S]*?^ {8}\}\n/m, ''],
    [/if \(!untrack\(condition\)\) throw narrowedError\("Show"\);/, ''],
    [/^ +context: .*\n/gm, ''],
    // Observers and sources as sets: Solid's arrays with each other's indices save time in graphs of
    // thousands, which the frame has not.
    [/^ +(?:c\.)?(?:observerSlots(?:: null,| = null;)|sourceSlots: null,)\n/gm, ''],
    [/(?<=^function readSignal[\s\S]*?^ {2}if \(Listener\) )\{[\s\S]*?^ {2}\}/m, observe],
    [/(?<=^function cleanNode[\s\S]*?)^ {4}while \(node\.sources\.length[\s\S]*?^ {4}\}/m, forget],
    [/node\.observers && node\.observers\.length/g, 'node.observers?.size'],
    [
      /for \(let i = 0; [^)]+\) \{\s+const o = node\.observers\[i\];/g,
      'for (const o of node.observers) {',
    ],
    [
      /for \(let i = 0; [^)]+\) \{\s+const source = node\.sources\[i\];/,
      'for (const source of node.sources) {',
    ],
  ],
  'web.js': [
    [/isHydrating\(\w*\)(?! \{)/g, 'false'],
    [/(?<!const )hydrating(?= \|\| | && |\))/g, 'false'],
    // Lists here grow at their ends, so that the shortest way to any other order is not worth 1 KB.
    [/(?<=^function reconcileArrays\(parentNode, a, b\)) \{[\s\S]*?^\}/m, plainReconcile],
    [/(?<=^function insertExpression\([^)]+\)) \{[\s\S]*?^\}/m, plainInsert],
    // Whoever has a class has one always.
    [/if \(value == null\) node\.removeAttribute\("class"\);else (?=node\.className)/, ''],
    [/^ {2}fn\.cloneNode = fn;\n/m, ''],
    // Templates of HTML, which is all that the frame has.
    [
      /(?<=template\(html), isImportNode, isSVG, isMathML\) \{/,
      ') {\n const isImportNode = false; const isSVG = false; const isMathML = false;',
    ],
  ],
};

/** Fails the build when a Solid comes in which one of these is not found. */
export function leanSolid(): Plugin {
  return {
    name: 'foyer:lean-solid',
    enforce: 'pre',
    transform(code, id) {
      const [, file] = /\/solid-js\/(?:web\/)?dist\/(solid\.js|web\.js)/.exec(id) ?? [];
      if (!file) return null;
      return (unused[file] ?? []).reduce((lean, [pattern, instead]) => {
        const leaner = lean.replace(pattern, instead);
        if (leaner === lean) this.error(`Solid has changed: ${file} has no ${pattern} now.`);
        return leaner;
      }, code);
    },
  };
}
