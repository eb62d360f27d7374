import { implement } from '@orpc/server';
import { deskSearchContract } from '../contract/desk-search.ts';
import type { Staff } from '../contract/staff.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess } from './desk-access.ts';
import type { StationServices } from './station-services.ts';

const search = implement(deskSearchContract).$context<DeskConnection>().use(checkAccess);

function signedIn(context: DeskConnection, errors: { readonly SIGNED_OUT: () => Error }): Staff {
  const staff = context.staff();
  if (staff === null) throw errors.SIGNED_OUT();
  return staff;
}

/** Sealed reports for a desk that opens them to search in its own memory. */
export function searchProcedures({ deskSearch }: StationServices) {
  return {
    beginSearch: search.beginSearch.handler(({ input, context, errors }) => {
      const searcher = { staff: signedIn(context, errors), connection: context.signal };
      const outcome = deskSearch.begin(searcher, input.afterSequence);
      if (outcome.kind === 'not-stored') throw errors.NOT_STORED();
      const { reports, throughSequence, throughEvent, promises } = outcome;
      return { reports, throughSequence, throughEvent, promises };
    }),
    openForSearch: search.openForSearch.handler(({ input, context, errors }) => {
      const searcher = { staff: signedIn(context, errors), connection: context.signal };
      const outcome = deskSearch.page(searcher, input.beforeSequence);
      if (outcome.kind === 'not-begun') throw errors.NOT_BEGUN();
      return { reports: [...outcome.reports], nextBeforeSequence: outcome.nextBeforeSequence };
    }),
    queueChanges: search.queueChanges.handler(({ input, context, errors }) => {
      const searcher = { staff: signedIn(context, errors), connection: context.signal };
      return deskSearch.changes(searcher, input.afterEvent, input.reportIds);
    }),
  };
}
