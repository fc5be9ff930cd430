import type { Growth } from './growth.ts'

export function formatGrowth({ title, unit, points }: Growth): string {
  const width = Math.max(...points.map(({ size }) => size.length))
  const lines = points.map(
    ({ size, value }) =>
      `${size.padStart(width)}  ${value < 1000 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`,
  )
  return [`## ${title}`, ...lines, ''].join('\n')
}
