// A map in a box: colours of the page, the base map that the house has set, borders and names
// from our own tiles.

import { Map as Mapped, NavigationControl, addProtocol, setWorkerUrl } from 'maplibre-gl';
import { Protocol } from 'pmtiles';

/** Tiles are made down to this zoom; nearer, they are drawn larger. */
const TILES_ZOOM_MAX = 16;

const LEVELS = ['prefecture', 'county', 'street', 'community', 'grid', 'micro-grid', 'building', 'door'];

/** The colours of the page as it is now. */
export function colours() {
  const said = getComputedStyle(document.documentElement);
  const names = ['ink', 'muted', 'paper', 'surface', 'sunken', 'line', 'edge', 'primary', 'primary-soft', 'on-primary', 'accent', 'late', 'done', 'info', 'info-soft'];
  return Object.fromEntries(names.map((name) => [name, said.getPropertyValue(`--${name}`).trim()]));
}

/** How much larger words are for whoever asked for large ones. */
export function scale() {
  return document.documentElement.dataset.view === 'elder' ? 1.5 : 1;
}

/** What a feature is called in the language of the page. */
export function name() {
  const lang = document.documentElement.lang.split('-')[0];
  return ['coalesce', ['get', `name_${lang}`], ['get', 'name'], ['get', 'name_en'], ''];
}

/** For each level of places one value, the widest first. */
const byLevel = (values) => ['match', ['get', 'level'], ...LEVELS.flatMap((level, at) => [level, values[at]]), values.at(-1)];

/** Layers under ours, and their sources: what the house has set. */
function base(box, tint) {
  const { base: sort, baseTiles } = box.dataset;
  if (sort === 'tiles') {
    const urls = JSON.parse(baseTiles);
    const sources = urls.map((url, at) => [`base-${at}`, { type: 'raster', tiles: [url], tileSize: 256, maxzoom: Number(box.dataset.baseZoom) }]);
    const layers = sources.map(([source]) => ({ id: source, type: 'raster', source }));
    return { sources: Object.fromEntries(sources), layers };
  }
  if (sort === 'raster' || sort === 'vector') {
    addProtocol('pmtiles', new Protocol().tile);
    const url = `pmtiles://${new URL(box.dataset.baseUrl, location.href)}`;
    if (sort === 'raster') return { sources: { base: { type: 'raster', url, tileSize: 256 } }, layers: [{ id: 'base', type: 'raster', source: 'base' }] };
    return { sources: { base: { type: 'vector', url } }, layers: vectorBase(tint) };
  }
  return { sources: {}, layers: [] };
}

/** A quiet drawing of a file with vector tiles, by the names that Protomaps and OpenMapTiles use. */
function vectorBase(tint) {
  const fill = (layer, colour) => ({ id: `base-${layer}`, type: 'fill', source: 'base', 'source-layer': layer, paint: { 'fill-color': colour } });
  const line = (layer, colour, width) => ({
    id: `base-${layer}`,
    type: 'line',
    source: 'base',
    'source-layer': layer,
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, width / 4, 18, width * 4] },
  });
  return [
    fill('earth', tint.paper),
    fill('landcover', tint['primary-soft']),
    fill('park', tint['primary-soft']),
    fill('water', tint['info-soft']),
    line('waterway', tint['info-soft'], 1),
    line('boundaries', tint.line, 0.5),
    line('boundary', tint.line, 0.5),
    line('roads', tint.line, 1.5),
    line('transportation', tint.line, 1.5),
    fill('buildings', tint.line),
    fill('building', tint.line),
  ];
}

/** Borders and names of places; what is shown is lighter than what lies around it. */
function places(box, tint, shades) {
  const { at = '' } = box.dataset;
  const isHere = ['==', ['get', 'code'], at];
  const over = box.dataset.base ? 0.01 : 1;
  const isWide = ['<', ['length', ['get', 'code']], Math.max(at.length, 1)];
  const isInside = ['==', ['slice', ['get', 'code'], 0, at.length], at];
  return [
    { id: 'places', type: 'fill', source: 'land', 'source-layer': 'places', paint: { 'fill-color': ['case', isInside, tint.surface, tint.sunken], 'fill-opacity': over } },
    ...shades,
    {
      id: 'borders',
      type: 'line',
      source: 'land',
      'source-layer': 'places',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tint.edge, 'line-width': byLevel([3, 2.5, 2, 1.5, 1, 0.75, 0.5, 0.5]) },
    },
    { id: 'here', type: 'line', source: 'land', 'source-layer': 'places', filter: isHere, layout: { 'line-join': 'round' }, paint: { 'line-color': tint.primary, 'line-width': 3.5 } },
    // A building that nobody has drawn is where it is said to be.
    {
      id: 'spots',
      type: 'circle',
      source: 'land',
      'source-layer': 'names',
      filter: ['has', 'spot'],
      paint: { 'circle-radius': 5 * scale(), 'circle-color': ['case', isHere, tint.primary, tint.surface], 'circle-stroke-color': ['case', isHere, tint.primary, tint.muted], 'circle-stroke-width': 2 },
    },
    {
      id: 'names',
      type: 'symbol',
      source: 'land',
      'source-layer': 'names',
      filter: ['all', ['!', isHere], ['!', isWide]],
      layout: {
        'text-field': box.signed ?? name(),
        'text-size': byLevel([17, 16, 15, 14, 13, 12, 12, 12].map((size) => size * scale())),
        // Under the point, where a count may stand above it.
        'text-anchor': ['case', ['has', 'spot'], 'top', box.hasAttribute('data-cases') ? 'top' : 'center'],
        'text-offset': ['case', ['has', 'spot'], ['literal', [0, 0.6]], ['literal', [0, 0]]],
        'text-max-width': 7,
        'text-padding': 4,
        'symbol-sort-key': byLevel([0, 1, 2, 3, 4, 5, 6, 7]),
      },
      paint: { 'text-color': tint.ink, 'text-halo-color': tint.surface, 'text-halo-width': 1.75 },
    },
  ];
}

/** The whole style of a map: ground, base map, borders, then what the page itself adds. */
export function style(box, { sources = {}, shades = () => [], layers = () => [] }) {
  const tint = colours();
  const under = base(box, tint);
  const tiles = [`${location.origin}${box.dataset.tiles}`];
  return {
    version: 8,
    sources: { ...under.sources, land: { type: 'vector', tiles, maxzoom: TILES_ZOOM_MAX, promoteId: 'code' }, ...sources },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': tint.sunken } },
      ...under.layers,
      ...places(box, tint, shades(tint)),
      ...layers(tint),
    ],
  };
}

/** A browser without WebGL has no map; the list is there. */
export function close(box, fault) {
  box.dataset.fault = String(fault);
  box.closest('.map-frame').hidden = true;
}

/** A map in this box that shows what the page says, in the words of the page. */
export function open(box, drawn) {
  setWorkerUrl(new URL(box.dataset.worker, location.href).href);
  const words = JSON.parse(box.dataset.words);
  const fonts = getComputedStyle(document.body).fontFamily;
  // Where nothing is drawn yet there is no box to show.
  const bounds = box.dataset.bounds ? box.dataset.bounds.split(',').map(Number) : undefined;
  const map = new Mapped({
    container: box,
    style: style(box, drawn),
    bounds: bounds && [bounds.slice(0, 2), bounds.slice(2)],
    fitBoundsOptions: { padding: 24, maxZoom: 17 },
    center: bounds ? undefined : [105, 36],
    zoom: bounds ? undefined : 3,
    maxZoom: 20,
    attributionControl: false,
    // A key for a base map is bound to the address of the house: it is told that, and no page.
    transformRequest: (url) => (/^https?:/.test(url) && !url.startsWith(location.origin) ? { url, referrerPolicy: 'origin' } : { url }),
    // One finger scrolls the page, two move the map: nobody is caught in it.
    cooperativeGestures: !box.hasAttribute('data-draw'),
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    localIdeographFontFamily: fonts,
    locale: {
      'Map.Title': words.map,
      'NavigationControl.ZoomIn': words.nearer,
      'NavigationControl.ZoomOut': words.farther,
      'CooperativeGesturesHandler.WindowsHelpText': words.wheel,
      'CooperativeGesturesHandler.MacHelpText': words.wheel,
      'CooperativeGesturesHandler.MobileHelpText': words.fingers,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.on('error', ({ error }) => {
    box.dataset.fault = String(error?.message ?? error);
  });
  // For whoever waits for it, such as a test.
  map.on('idle', () => {
    const sources = ['places', 'cases'].map((sourceLayer) => [sourceLayer, map.querySourceFeatures('land', { sourceLayer }).length]);
    for (const [layer, count] of sources) box.dataset[`drawn${layer[0].toUpperCase()}${layer.slice(1)}`] = count;
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => map.setStyle(style(box, drawn)));
  return map;
}
