// Sorts and filters tables and shows the values below the pointer. The page can be read without it; it fetches nothing,
// stores nothing, and puts foreign text on the page as text only.
'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  // Tables: a number is sorted by its key, words by themselves; what is empty comes last either way.
  const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const value = (row, column) => {
    const cell = row.cells[column];
    return 'key' in cell.dataset ? Number(cell.dataset.key) : cell.textContent.trim();
  };
  const rank = (x) => (x === '' || x === '–' ? 2 : typeof x === 'string' ? 1 : 0);
  const compare = (a, b, way) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    return way * (typeof a === 'number' ? a - b : words.compare(a, b));
  };
  const sort = (table, heading, column) => {
    const body = table.tBodies[0];
    const isNumber = heading.classList.contains('number');
    const now = heading.getAttribute('aria-sort');
    // The largest number is what people look for first, and the first of names.
    const down = now === null ? isNumber : now === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const rows = [...body.rows].map((row) => ({ row, value: value(row, column) }));
    rows.sort((a, b) => compare(a.value, b.value, down ? -1 : 1));
    body.append(...rows.map(({ row }) => row));
  };
  for (const table of document.querySelectorAll('.sortable table')) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener('click', () => sort(table, heading, column));
    });
  }

  // Filters: every word has to be there, and one of the marks that are ticked.
  for (const filter of document.querySelectorAll('.filter')) {
    const rows = [...filter.parentElement.querySelectorAll('tbody tr')].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    const search = filter.querySelector('input[type=search]');
    const boxes = [...filter.querySelectorAll('input[type=checkbox]')];
    const output = filter.querySelector('output');
    const apply = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const marks = boxes.filter((box) => box.checked).map((box) => box.value);
      let shown = 0;
      for (const { row, text } of rows) {
        const fits = wanted.every((word) => text.includes(word)) && (marks.length === 0 || marks.includes(row.dataset.mark));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      output.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
    };
    filter.addEventListener('input', apply);
    filter.hidden = false;
    apply();
  }

  // Charts: the places of the values stand beside each chart as JSON, the values in its table.
  const chart = (figure) => {
    const data = figure.querySelector('script[type="application/json"]');
    const table = figure.querySelector('details table');
    if (!data || !table) return;
    const { along, frame, rows, series } = JSON.parse(data.textContent);
    if (rows.length === 0) return;
    const isByRow = along === 'rows';
    // Small charts: the same moment in each of them.
    const isSmall = along === 'panels';
    const plot = figure.querySelector('.plot');
    const svg = plot.querySelector('svg');
    const unit = svg.viewBox.baseVal.width / 800;
    const labels = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
    const mark = document.createElementNS(SVG, 'g');
    svg.append(mark);
    const reading = element('div', '', plot);
    reading.className = 'reading';
    reading.hidden = true;
    let current = -1;
    let pointer = null;

    const draw = (name, attributes) => {
      const shape = document.createElementNS(SVG, name);
      for (const [key, at] of Object.entries(attributes)) shape.setAttribute(key, at);
      mark.append(shape);
    };
    const hide = () => {
      current = -1;
      reading.hidden = true;
      mark.replaceChildren();
    };
    const show = (row) => {
      if (row === current) return;
      current = row;
      mark.replaceChildren();
      const at = rows[row] * unit;
      const [left, top, right, bottom] = frame.map((edge) => edge * unit);
      const line = isByRow ? { x1: left, x2: right, y1: at, y2: at } : { x1: at, x2: at, y1: top, y2: bottom };
      if (!isSmall) draw('line', { ...line, stroke: '#3A424B', 'stroke-width': unit });
      const cells = table.tBodies[0].rows[row].cells;
      reading.replaceChildren();
      element('b', cells[0].textContent, reading);
      series
        .map(({ colors, at: places, x }, column) => ({
          color: colors[row] ?? colors[0],
          place: places[row],
          along: x ? x[row] : rows[row],
          label: labels[column],
          text: cells[column + 1].textContent,
        }))
        .filter(({ place }) => place !== null)
        .sort((a, b) => (isSmall ? 0 : a.place - b.place))
        .forEach(({ color, place, along, label, text }) => {
          const [cx, cy] = isByRow ? [place * unit, at] : [along * unit, place * unit];
          draw('circle', { cx, cy, r: 4 * unit, fill: color, stroke: '#FFFFFF', 'stroke-width': 1.5 * unit });
          const item = element('span', '', reading);
          element('i', '', item).style.background = color;
          element('span', label, item).style.display = 'block';
          element('em', text, item);
        });
      reading.hidden = false;
      if (isSmall && pointer) place(...pointer);
      else place(isByRow || isSmall ? left : at, isByRow ? at : top);
    };
    // Beside the line, on the side that has more room.
    const place = (x, y) => {
      const scale = svg.getBoundingClientRect().width / (800 * unit);
      const px = x * scale;
      const width = reading.offsetWidth;
      const fits = px + 16 + width < plot.scrollLeft + plot.clientWidth;
      reading.style.left = `${Math.max(plot.scrollLeft, fits ? px + 16 : px - 16 - width)}px`;
      const edge = svg.getBoundingClientRect().top - plot.getBoundingClientRect().top;
      reading.style.top = `${Math.max(0, Math.min(edge + y * scale, plot.clientHeight - reading.offsetHeight))}px`;
    };
    // How far a moment is, in the small chart that is nearest.
    const far = (row, x, y) =>
      Math.min(...series.map(({ at, x: xs }) => (at[row] === null ? Infinity : Math.hypot(xs[row] - x, (at[row] - y) / 4))));
    const nearest = (event) => {
      const box = svg.getBoundingClientRect();
      const [x, y] = [((event.clientX - box.left) / box.width) * 800, ((event.clientY - box.top) / box.height) * 500];
      const [left, top, right, bottom] = frame;
      if (x < left - 12 || x > right + 12 || y < top - 12 || y > bottom + 12) return hide();
      pointer = [x * unit, y * unit];
      const at = isByRow ? y : x;
      const distance = isSmall ? rows.map((_, row) => far(row, x, y)) : rows.map((row) => Math.abs(row - at));
      show(distance.indexOf(Math.min(...distance)));
    };
    svg.addEventListener('pointermove', nearest);
    svg.addEventListener('pointerdown', nearest);
    svg.addEventListener('pointerleave', hide);
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('blur', hide);
    svg.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape') hide();
      if (!step) return;
      event.preventDefault();
      pointer = null;
      const from = current < 0 ? (step > 0 ? -1 : rows.length) : current;
      show(Math.max(0, Math.min(rows.length - 1, from + step)));
    });
  };
  for (const figure of document.querySelectorAll('figure.chart')) chart(figure);
})();
