/**
 * The slip as Typst. It is constant: everything that differs from slip to slip comes as JSON in
 * `sys.inputs`, and a string from there is set as text, never read as markup.
 * Black only (thermal heads and laser printers dither grey); QR modules are whole dots at 203 dpi.
 */
export const receiptTemplate = String.raw`
#let slip = json(bytes(sys.inputs.receipt))
#let is-a4 = slip.paper == "a4"
#let is-narrow = slip.paper == "58mm"
#let is-rtl = slip.isRightToLeft
#let has-columns = is-a4 and slip.isPaired

// Sizes of text; a slip that is still too long after leaving parts out is set smaller.
#let sized(a4, wide, narrow) = slip.typeScale * if is-a4 { a4 } else if is-narrow { narrow } else { wide }
#let own-size = sized(11.5pt, 10pt, 9pt)
#let danish-size = sized(11.5pt, 8pt, 7.4pt)
#let title-size = sized(13pt, 11pt, 10pt)
#let heading-size = sized(18pt, 13.3pt, 11.5pt)
#let call-size = sized(40pt, 30pt, 26pt)
#let help-size = sized(16pt, 13pt, 11.5pt)
#let number-size = if is-a4 { 46pt } else if is-narrow { 18.4pt } else { 26.4pt }

#let module = if is-a4 { 1.3mm } else { 25.4mm / 203 * (if is-narrow { 6 } else { 7 }) }
#let gap = sized(6.4mm, 3.4mm, 3mm)
#let step = sized(2.4mm, 1.4mm, 1.3mm)
#let paper-width = if is-a4 { 210mm } else if is-narrow { 58mm } else { 80mm }

#set document(title: "Skranke", date: none)
#set page(
  width: paper-width,
  height: if is-a4 { 297mm } else { auto },
  margin: if is-a4 { (x: 20mm, top: 18mm, bottom: 14mm) } else { (x: 4mm, top: 4mm, bottom: 6mm) },
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
#let danish-under(body) = danish-at(if is-rtl { right } else { left }, body)
#let danish-beside(body) = danish-at(left, body)
#let in-columns(first, second) = grid(columns: (1fr, 1fr), column-gutter: 10mm, first, second)

#let stacked(words, own-size: own-size, danish-size: danish-size, weight: "regular") = {
  own(text(size: own-size, weight: weight, words.own))
  if words.danish != none { danish-under(text(size: danish-size, weight: weight, words.danish)) }
}
#let pair(words, own-size: own-size, danish-size: danish-size, weight: "regular") = if has-columns {
  in-columns(
    own(text(size: own-size, weight: weight, words.own)),
    danish-beside(text(size: own-size, weight: weight, words.danish)),
  )
} else {
  stacked(words, own-size: own-size, danish-size: danish-size, weight: weight)
}
#let title(words) = pair(words, own-size: title-size, weight: "bold")
#let lines(words) = for entry in words {
  v(step)
  pair(entry)
}
#let section(body) = {
  v(gap)
  line(length: 100%, stroke: 0.5pt)
  v(gap * 0.62)
  body
}

#let qr-code = {
  let side = slip.qr.len() * module
  block(width: side, height: side, for (y, row) in slip.qr.enumerate() {
    for run in row.matches(regex("1+")) {
      place(
        top + left, dx: run.start * module, dy: y * module,
        rect(width: (run.end - run.start) * module, height: module, fill: black, stroke: none),
      )
    }
  })
}

// Always left to right: in Arabic the groups would otherwise change places.
#let digits(groups, size) = block(width: 100%, align(if is-rtl { right } else { left }, text(
  dir: ltr, lang: "da", size: size, weight: "bold", number-width: "tabular", top-edge: "cap-height", bottom-edge: "baseline",
  box(stack(dir: ltr, spacing: size * 0.4, ..groups.map(group => box(group)))),
)))

#let reference = {
  stacked(slip.referenceLabel, weight: "bold")
  v(step * 1.2)
  digits(slip.referenceGroups, number-size)
}
#let details = {
  let small = own-size * 0.88
  for (index, entry) in slip.place.enumerate() {
    danish-under(if index == 0 { strong(entry) } else { text(size: small, entry) })
  }
  v(step * 0.7)
  stacked(slip.time, own-size: small, danish-size: calc.min(small, danish-size))
}

#if slip.demonstration != none {
  block(width: 100%, stroke: 1.2pt, inset: (x: 2.4mm, y: 1.4mm), pair(slip.demonstration, weight: "bold"))
  v(gap)
}

// The counter: one thick line, as on the screen.
#line(length: 100%, stroke: if is-a4 { 2.4mm } else { 1.6mm })
#v(gap * 0.6)
#pair(slip.received, own-size: heading-size, danish-size: own-size, weight: "bold")
#v(step * 0.6)
#pair(slip.notRegistered, own-size: heading-size, danish-size: own-size, weight: "bold")
#v(gap)
#if is-a4 {
  grid(columns: (1fr, auto), align: start + horizon, { reference; v(gap * 0.8); details }, qr-code)
} else {
  reference
  v(gap * 1.15)
  grid(columns: (auto, 1fr), column-gutter: 4mm, align: start + horizon, qr-code, details)
}
#v(gap * 0.5)
#if slip.clockMark != none {
  v(step)
  pair(slip.clockMark, weight: "bold")
}
#for entry in (slip.qrHelp, slip.reportType, slip.interpreter) {
  if entry != none {
    v(step)
    pair(entry)
  }
}

#if slip.call != none {
  v(gap)
  block(width: 100%, stroke: 1.6pt, inset: if is-a4 { 5mm } else { 2.8mm }, {
    pair(slip.call.text, own-size: title-size, weight: "bold")
    v(step * 1.4)
    digits((slip.call.number,), call-size)
  })
}

#section({
  title(slip.next.title)
  lines(slip.next.lines)
})
#section({
  title(slip.followUp.title)
  lines(slip.followUp.lines)
})
#if slip.help.rows.len() > 0 {
  section({
    title(slip.help.title)
    for entry in slip.help.rows {
      v(step)
      let first = own(box(text(dir: ltr, lang: "da", size: help-size, weight: "bold", top-edge: 0.8em, entry.number)))
      let width = help-size * 4.5
      if has-columns {
        in-columns(
          grid(columns: (width, 1fr), first, own(entry.text.own)),
          danish-beside(entry.text.danish),
        )
      } else {
        grid(columns: (width, 1fr), align: start + horizon, first, pair(entry.text))
      }
    }
  })
}
#if slip.topics != none {
  section({
    title(slip.topics.title)
    lines(slip.topics.lines)
  })
}
#v(step)
#context [#metadata(here().position().y / 1mm + 6) <slip-height>]
`;
