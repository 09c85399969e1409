// A map that shows: places, the cases that are open in them or how a task stands there. What
// stands in the list beside it (`data-place`, `data-state`) says where a click leads and how an
// area is shaded.

import { colours, name, open, scale } from './base.js';

/** Which colour, sign and hatching each state has; the legend of the page says the same. */
const STATES = {
  done: { colour: 'done', sign: '✓', lines: 0 },
  reported: { colour: 'info', sign: '◷', lines: 1 },
  todo: { colour: 'edge', sign: '○', lines: 0 },
  late: { colour: 'late', sign: '!', lines: 2 },
};

/** A patch of hatching: one slope of lines, or two. */
function hatching(colour, lines) {
  const side = 12;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d');
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  const stroke = (from, to) => {
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
  };
  for (const shift of [-side, 0, side]) {
    stroke([shift, side], [shift + side, 0]);
    if (lines > 1) stroke([shift, 0], [shift + side, side]);
  }
  return pen.getImageData(0, 0, side, side);
}

/** What the list beside the map says of each place. */
function listed() {
  const found = new Map();
  for (const row of document.querySelectorAll('[data-place]')) {
    const link = row.querySelector('a[href]');
    found.set(row.dataset.place, { state: row.dataset.state, href: row.dataset.href ?? link?.getAttribute('href') });
  }
  return found;
}

function withStates(rows) {
  const codes = (state) => [...rows].filter(([, row]) => row.state === state).map(([code]) => code);
  const cases = Object.keys(STATES).map((state) => [state, codes(state)]).filter(([, some]) => some.length > 0);
  if (cases.length === 0) return undefined;
  const match = (each, otherwise) => ['match', ['get', 'code'], ...cases.flatMap(([state, some]) => [some, each(STATES[state], state)]), otherwise];
  const hatched = cases.filter(([state]) => STATES[state].lines > 0);
  const shaded = (tint) => [
    { id: 'states', type: 'fill', source: 'land', 'source-layer': 'places', filter: ['in', ['get', 'code'], ['literal', cases.flatMap(([, some]) => some)]], paint: { 'fill-color': match((look) => tint[look.colour], tint.surface), 'fill-opacity': 0.35 } },
    ...hatched.map(([state, some]) => ({
      id: `hatched-${state}`,
      type: 'fill',
      source: 'land',
      'source-layer': 'places',
      filter: ['in', ['get', 'code'], ['literal', some]],
      paint: { 'fill-pattern': state },
    })),
  ];
  return { shaded, signed: ['concat', match((look) => `${look.sign} `, ''), name()] };
}

/** A circle with its count for each place that has open cases. */
function cases(tint) {
  const isLate = ['>', ['get', 'late'], 0];
  const large = scale();
  return [
    {
      id: 'cases',
      type: 'circle',
      source: 'land',
      'source-layer': 'cases',
      paint: {
        'circle-color': ['case', isLate, tint.late, tint.primary],
        'circle-radius': ['interpolate', ['linear'], ['get', 'open'], 1, 13 * large, 100, 24 * large],
        'circle-stroke-color': tint.surface,
        'circle-stroke-width': 2,
        'circle-translate': [0, -20 * large],
      },
    },
    {
      id: 'counts',
      type: 'symbol',
      source: 'land',
      'source-layer': 'cases',
      layout: {
        'text-field': ['case', isLate, ['concat', ['get', 'open'], '!'], ['to-string', ['get', 'open']]],
        'text-size': 13 * large,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': tint['on-primary'], 'text-translate': [0, -20 * large] },
    },
  ];
}

export function shown(box) {
  const rows = listed();
  const states = withStates(rows);
  box.signed = states?.signed;
  const map = open(box, { shades: states?.shaded, layers: box.hasAttribute('data-cases') ? cases : undefined });
  map.on('style.load', () => {
    const tint = colours();
    for (const [id, look] of Object.entries(STATES)) {
      if (look.lines > 0 && !map.hasImage(id)) map.addImage(id, hatching(tint[look.colour], look.lines));
    }
  });
  const touch = ['cases', 'spots', 'places'].filter((layer) => layer !== 'cases' || box.hasAttribute('data-cases'));
  const there = (point) => {
    const found = touch.flatMap((layer) => map.queryRenderedFeatures(point, { layers: [layer] }));
    // Of places within each other, one that stands in the list, else the narrowest.
    const listed = found.find((feature) => rows.has(feature.properties.code) || feature.layer.id === 'cases');
    const narrow = [...found].sort((a, b) => b.properties.code.length - a.properties.code.length);
    return (listed ?? narrow[0])?.properties.code;
  };
  const leads = (code) => rows.get(code)?.href ?? (box.dataset.href && box.dataset.href.replace('{code}', code));
  map.on('mousemove', ({ point }) => {
    const code = there(point);
    map.getCanvas().style.cursor = code && leads(code) ? 'pointer' : '';
  });
  map.on('click', ({ point }) => {
    const code = there(point);
    const href = code && leads(code);
    if (href) location.href = href;
  });
}
