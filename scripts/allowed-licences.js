/** The licences that what is shipped may have; another one stops the build, and whoever adds it here decides. */
// BlueOak-1.0.0: permissive, approved by the OSI, with a licence of patents.
export const allowed = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
])

/** The Node that the tests bring is no part of the program, and the stand-in is our own. */
export const notBundled = /^node-(linux|win|darwin)-|^@actions\/http-client@/
