import { csrfField } from '../browser/csrf-token.ts'

/** The CSRF token and whatever else a form carries unseen. */
export function HiddenFields({
  csrf,
  values = {},
}: {
  readonly csrf: string
  readonly values?: Readonly<Record<string, string | undefined>>
}) {
  const fields = Object.entries({ ...values, [csrfField]: csrf })
  return (
    <>
      {fields.map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
    </>
  )
}
