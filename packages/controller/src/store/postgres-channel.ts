/** Where controllers announce what they wrote. */
export const CHANNEL = 'millrace';
