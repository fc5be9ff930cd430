import { CHECKS } from '@keybound/dpop/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CheckPage } from '../../../checks/check-page.tsx'

type Params = Promise<{ id: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await params).id }
}

/** Where the error_uri of a server points. Generated from the catalogue; works without script. */
export default async function OneCheckPage({ params }: { params: Params }) {
  const { id } = await params
  const check = CHECKS.find((each) => each.id === id)
  if (check === undefined) notFound()
  return <CheckPage check={check} />
}
