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
