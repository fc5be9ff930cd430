/** Who is signed in at this server's own pages. Opening, renewing and ending it is the shell's. */
export interface UserSession {
  readonly id: string
  readonly subject: string
  /** When the password was typed; a NumericDate. */
  readonly authTime: number
}
