import fc from 'fast-check'

/** Any UTF-16 text, lone surrogates included. Made without fast-check's tables of Unicode, which take seconds to build on a busy machine. */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: fc
    .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }))
    .map((code) => String.fromCharCode(code)),
})
