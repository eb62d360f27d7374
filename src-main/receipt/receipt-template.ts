/**
 * The paper as Typst. It is constant: everything that differs from paper to paper comes as JSON in
 * `sys.inputs`, and a string from there is set as text, never read as markup.
 * Black only (thermal heads and laser printers dither grey); modules of both codes are whole dots of the head.
 */
export const receiptTemplate = String.raw`
#let slip = json(bytes(sys.inputs.receipt))
#let is-a4 = slip.paper == "a4"
#let is-narrow = slip.paper == "58mm"
#let is-rtl = slip.isRightToLeft
#let has-columns = is-a4 and slip.isPaired
#let on-paper(a4, wide, narrow) = if is-a4 { a4 } else if is-narrow { narrow } else { wide }

// Sizes of text; a slip that is still too long after leaving parts out is set smaller.
#let sized(a4, wide, narrow) = slip.typeScale * on-paper(a4, wide, narrow)
#let own-size = sized(10.5pt, 10pt, 9pt)
#let danish-size = sized(10.5pt, 8pt, 7.4pt)
#let title-size = sized(12pt, 11pt, 10pt)
#let heading-size = sized(13.8pt, 13.3pt, 11.5pt)
#let heading-danish-size = sized(13.8pt, 9.4pt, 8.4pt)
#let call-size = sized(34pt, 30pt, 26pt)
#let help-size = sized(16pt, 13pt, 11.5pt)
#let number-size = on-paper(40pt, 26.4pt, 17.6pt)

#let dot = slip.dotMm * 1mm
#let whole-dots(size) = calc.round(size / dot) * dot
#let qr-module = whole-dots(on-paper(0.8mm, 0.625mm, 0.5mm))
#let bar-module = whole-dots(on-paper(0.5mm, 0.625mm, 0.375mm))
#let bar-height = on-paper(12mm, 7.5mm, 7mm)
#let gap = sized(3.9mm, 2.4mm, 2.2mm)
#let step = sized(1.4mm, 1mm, 0.9mm)
#let paper-width = on-paper(210mm, 80mm, 58mm)
// What a head of 576 or 384 dots cannot reach stays empty.
#let side = on-paper(20mm, 4mm, 5mm)
#let inner-width = paper-width - 2 * side
#let left-edge = if is-rtl { right } else { left }

#set document(title: "Skranke", date: none)
#set page(
  width: paper-width,
  height: if is-a4 { 297mm } else { auto },
  margin: if is-a4 { (x: side, top: 16mm, bottom: 14mm) } else { (x: side, top: 4mm, bottom: 6mm) },
  footer: if is-a4 { context {
    let last = counter(page).final().first()
    if last > 1 { align(center, text(dir: ltr, lang: "da", size: 9pt)[#counter(page).get().first() / #last]) }
  } },
)
#set text(
  font: ("Noto Sans", "Noto Sans Arabic"), fallback: false, size: own-size, lang: slip.language,
  dir: if is-rtl { rtl } else { ltr }, hyphenate: false, overhang: false,
  top-edge: 0.86em, bottom-edge: -0.26em,
)
#set par(leading: 0.16em, spacing: 0pt, justify: false)
#set block(spacing: 0pt)

#let own(body) = {
  set text(bottom-edge: -0.42em) if is-rtl
  block(width: 100%, align(start, body))
}
// Danish under the visitor's words keeps their edge; on A4 it has a column of its own.
#let danish-at(edge, body) = block(width: 100%, align(edge, text(dir: ltr, lang: "da", body)))
#let danish-under(body) = danish-at(left-edge, body)
#let danish-beside(body) = danish-at(left, body)
#let in-columns(first, second) = grid(columns: (1fr, 1fr), column-gutter: 8mm, first, second)

#let stacked(words, own-size: own-size, danish-size: danish-size, weight: "regular") = block(
  width: 100%, breakable: false, {
    own(text(size: own-size, weight: weight, words.own))
    if words.danish != none { danish-under(text(size: danish-size, weight: weight, words.danish)) }
  },
)
#let pair(words, own-size: own-size, danish-size: danish-size, weight: "regular") = if has-columns and words.danish != none {
  in-columns(
    own(text(size: own-size, weight: weight, words.own)),
    danish-beside(text(size: own-size, weight: weight, words.danish)),
  )
} else {
  stacked(words, own-size: own-size, danish-size: danish-size, weight: weight)
}
// A title and its Danish share a line of a slip where both fit: that leaves room for the rights.
#let short(words, own-size: own-size) = if is-a4 or words.danish == none {
  pair(words, own-size: own-size, weight: "bold")
} else {
  let first = text(size: own-size, weight: "bold", words.own)
  let second = text(size: danish-size, weight: "bold", dir: ltr, lang: "da", words.danish)
  context if measure(first).width + measure(second).width + 3mm <= inner-width {
    own(grid(columns: (1fr, auto), align: bottom, first, second))
  } else {
    stacked(words, own-size: own-size, weight: "bold")
  }
}
#let title(words) = short(words, own-size: title-size)
#let rule = {
  v(gap)
  line(length: 100%, stroke: 0.5pt)
  v(gap * 0.62)
}
// A line is drawn on both sides of its edge: half of it would be out of the head's reach.
#let framed(stroke, inset, body) = pad(
  stroke / 2, block(width: 100%, breakable: false, stroke: stroke, inset: inset, body),
)

#let modules(width, height, runs) = block(width: width, height: height, for (x, y, w, h) in runs {
  place(top + left, dx: x, dy: y, rect(width: w, height: h, fill: black, stroke: none))
})
#let qr-code(rows) = {
  let side = rows.len() * qr-module
  modules(side, side, for (y, row) in rows.enumerate() {
    row.matches(regex("1+")).map(run => (
      run.start * qr-module, y * qr-module, (run.end - run.start) * qr-module, qr-module,
    ))
  })
}
// In the middle, on a whole dot: the white beside it belongs to the code.
#let bar-code(code) = {
  let rest = inner-width - code.modules * bar-module
  let from = if is-a4 { 0mm } else { calc.floor(rest / 2 / dot) * dot }
  modules(if is-a4 { code.modules * bar-module } else { inner-width }, bar-height, code.bars.map(bar => (
    from + bar.from * bar-module, 0mm, bar.width * bar-module, bar-height,
  )))
}

// Always left to right: in Arabic the groups would otherwise change places.
#let digits(groups, size) = block(width: 100%, align(left-edge, text(
  dir: ltr, lang: "da", size: size, weight: "bold", number-width: "tabular", top-edge: "cap-height", bottom-edge: "baseline",
  box(stack(dir: ltr, spacing: size * 0.4, ..groups.map(group => box(group)))),
)))

#let names(entries) = for (index, entry) in entries.enumerate() {
  danish-under(if index == 0 { strong(entry) } else { text(size: own-size * 0.88, entry) })
}
#let details(place) = {
  let small = own-size * 0.88
  names(place.names)
  v(step * 0.7)
  stacked(place.time, own-size: small, danish-size: calc.min(small, danish-size))
}
#let clock-mark(place) = if place.clockMark != none {
  v(step)
  pair(place.clockMark, weight: "bold")
}

#let mark(it) = {
  framed(1.2pt, (x: 2.4mm, y: 1.4mm), pair(it.text, weight: "bold"))
  v(gap)
}
// The counter: one thick line, as on the screen.
#let heading(it) = {
  line(length: 100%, stroke: on-paper(2.4mm, 1.6mm, 1.6mm))
  v(gap * 0.6)
  for (index, words) in it.lines.enumerate() {
    if index > 0 { v(step * 0.6) }
    pair(words, own-size: heading-size, danish-size: heading-danish-size, weight: "bold")
  }
}
#let reference(it) = {
  v(gap)
  let number = {
    if is-a4 { stacked(it.label, weight: "bold") } else { short(it.label) }
    v(step * 1.2)
    digits(it.groups, number-size)
    v(gap * 0.8)
  }
  if is-a4 {
    let beside = grid(columns: (auto, 1fr), column-gutter: 7mm, align: start + top, bar-code(it.bars), details(it.place))
    grid(columns: (1fr, auto), align: start + horizon, { number; beside }, qr-code(it.qr))
  } else {
    number
    bar-code(it.bars)
    v(gap)
    grid(columns: (auto, 1fr), column-gutter: 4mm, align: start + horizon, qr-code(it.qr), details(it.place))
  }
  v(gap * 0.4)
  clock-mark(it.place)
}
#let place-and-time(it) = {
  v(gap)
  details(it.place)
  clock-mark(it.place)
}
#let notes(it) = for entry in it.lines {
  v(step)
  pair(entry)
}
#let call(it) = {
  v(gap)
  framed(1.6pt, on-paper(5mm, 2.8mm, 2.4mm), {
    pair(it.text, own-size: title-size, weight: "bold")
    v(step * 1.4)
    digits((it.number,), call-size)
  })
}
#let section(it) = {
  rule
  title(it.title)
  notes(it)
}
#let numbers(it) = {
  rule
  title(it.title)
  for entry in it.rows {
    v(step)
    let number = own(box(text(dir: ltr, lang: "da", size: help-size, weight: "bold", top-edge: 0.8em, entry.number)))
    let width = help-size * 4.5
    if has-columns and entry.text.danish != none {
      in-columns(grid(columns: (width, 1fr), number, own(entry.text.own)), danish-beside(entry.text.danish))
    } else {
      grid(columns: (width, 1fr), align: start + horizon, number, pair(entry.text))
    }
  }
}
#let dates(it) = {
  v(gap)
  framed(0.8pt, on-paper(4mm, 2.4mm, 2mm), for (index, entry) in it.lines.enumerate() {
    if index > 0 { v(step) }
    pair(entry, weight: "bold")
  })
}
#let paragraphs(it) = for entry in it.lines {
  v(gap * 0.8)
  pair(entry)
}
#let opening-hours(it) = {
  v(gap * 0.5)
  for (index, row) in it.rows.enumerate() {
    if index > 0 {
      v(step * 0.6)
      line(length: 100%, stroke: 0.4pt)
    }
    v(step * 0.6)
    let day = { pair(row.day); if row.note != none { pair(row.note, own-size: danish-size) } }
    let open = align(end, text(dir: ltr, lang: "da", weight: "bold", row.spans.map(span => box(span)).join(linebreak())))
    grid(
      columns: (1fr, on-paper(34mm, 26mm, 22mm)), column-gutter: 2mm, align: start + horizon, day,
      if row.spans.len() > 0 { open } else { align(end, {
        text(weight: "bold", row.closed.own)
        if row.closed.danish != none { linebreak(); text(size: danish-size, dir: ltr, lang: "da", row.closed.danish) }
      }) },
    )
  }
}
#let small(it) = for entry in it.lines {
  v(step)
  pair(entry, own-size: own-size * 0.8, danish-size: danish-size * 0.9)
}
#let ruler = {
  v(gap)
  block(width: 100%, height: 8mm, {
    for mm in range(int(inner-width / 1mm) + 1) {
      let is-edge = mm == 0 or mm == int(inner-width / 1mm)
      let length = if is-edge { 8mm } else if calc.rem(mm, 10) == 0 { 4mm } else if calc.rem(mm, 5) == 0 { 3mm } else { 1.8mm }
      let x = calc.min(mm * 1mm, inner-width - 2 * dot)
      place(top + left, dx: x, rect(width: 2 * dot, height: length, fill: black, stroke: none))
      if calc.rem(mm, 10) == 0 and not is-edge {
        place(top + left, dx: x - 4mm, dy: 4.4mm, box(width: 8mm, align(center, text(size: 7pt, dir: ltr, str(mm)))))
      }
    }
  })
}
#let codes(it) = {
  v(gap)
  bar-code(it.bars)
  v(gap)
  qr-code(it.qr)
}
#let scripts(it) = {
  rule
  for row in it.rows {
    v(step)
    block(width: 100%, align(if row.isRightToLeft { right } else { left }, text(
      dir: if row.isRightToLeft { rtl } else { ltr }, bottom-edge: -0.42em, row.text,
    )))
  }
}

#let set-block(it) = {
  if it.kind == "mark" { mark(it) }
  else if it.kind == "heading" { heading(it) }
  else if it.kind == "reference" { reference(it) }
  else if it.kind == "place" { place-and-time(it) }
  else if it.kind == "names" { v(gap); names(it.names) }
  else if it.kind == "notes" { notes(it) }
  else if it.kind == "call" { call(it) }
  else if it.kind == "section" { section(it) }
  else if it.kind == "numbers" { block(width: 100%, breakable: false, numbers(it)) }
  else if it.kind == "dates" { dates(it) }
  else if it.kind == "paragraphs" { paragraphs(it) }
  else if it.kind == "hours" { opening-hours(it) }
  else if it.kind == "small" { small(it) }
  else if it.kind == "ruler" { ruler }
  else if it.kind == "codes" { codes(it) }
  else if it.kind == "scripts" { scripts(it) }
  else { panic("a block of another kind: " + it.kind) }
}
#for it in slip.blocks { set-block(it) }
#v(step)
#context [#metadata(here().position().y / 1mm + 6) <slip-height>]
`;
