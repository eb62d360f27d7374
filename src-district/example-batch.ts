/** A batch that every intake takes, with the public half of the key that signed it; nobody has the other half. */
export const exampleBatch = {
  publicKey: {
    kty: 'EC',
    crv: 'P-256',
    x: 'wXGLhVyf2EKXMbvuMubE0FLh_CKSvq8Ldc-yF3Zo2wU',
    y: 'n-GNWUnJ7R97uFiKOWhWyo1ivdYGUrfhjgssHxJdFlc',
    kid: 'shL8QNGLyvbQ6DDr3sr3Dt0a2J_JsHpQ9g1FKDWgFmc',
  },
  batch: {
    version: 1,
    kioskId: '00-000',
    firstSequence: 1,
    lastSequence: 2,
    headHash: '72f4f9d502e449d1cd60e90258a83e1c94ce2a47cffc17da7eb729aa6480db8c',
    previousHash: '0000000000000000000000000000000000000000000000000000000000000000',
    signature:
      'eyJhbGciOiJFUzI1NiIsImtpZCI6InNoTDhRTkdMeXZiUTZERHIzc3IzRHQwYTJKX0pzSHBROWcxRktEV2dGbWMifQ.eyJraW9za0lkIjoiMDAtMDAwIiwiZmlyc3RTZXF1ZW5jZSI6MSwibGFzdFNlcXVlbmNlIjoyLCJoZWFkSGFzaCI6IjcyZjRmOWQ1MDJlNDQ5ZDFjZDYwZTkwMjU4YTgzZTFjOTRjZTJhNDdjZmZjMTdkYTdlYjcyOWFhNjQ4MGRiOGMifQ.c7IoffqqOjdY-uqj9Is4M8-SUWHPkU-h1lQvqkwXC76XM7dZ9yCVutM0R0TYyXvrA-EmisRF19xvUKBqqvYuWQ',
    events: [
      {
        sequence: 1,
        kind: 'report-received',
        reportId: '019e9f4a-7c00-7000-8000-000000000001',
        occurredAt: '2026-11-20T13:32:00.000Z',
        body: '{"reportId":"019e9f4a-7c00-7000-8000-000000000001","reference":"000001234566","receivedAt":"2026-11-20T13:32:00.000Z","lane":"self","sealedSummary":"(a JWE)","sealedReport":"(a JWE)"}',
        hash: '9c9061346f86270e7ab1afb7eba8c0372b629a5f44413d981979b18e1e4c9f21',
      },
      {
        sequence: 2,
        kind: 'review-changed',
        reportId: '019e9f4a-7c00-7000-8000-000000000001',
        occurredAt: '2026-11-20T13:40:00.000Z',
        body: '{"reportId":"019e9f4a-7c00-7000-8000-000000000001","state":"claimed","version":2,"staffName":"D. Demo"}',
        hash: '72f4f9d502e449d1cd60e90258a83e1c94ce2a47cffc17da7eb729aa6480db8c',
      },
    ],
  },
} as const;
