/** The prefix under which this process keeps and looks up reusable results. */
export const ZONE = 'default'
