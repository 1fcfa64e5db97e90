import type { OpenDepartment } from '../../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../../protocol/widget/widget-session.ts';

type Renewable = {
  info(): WidgetSession | undefined;
  setInfo(info: WidgetSession): unknown;
  session: { open(): Promise<WidgetSession> };
};

/** Loads the current departments and their forms. One that did not change stays the same object, and its row in place. */
export async function renew({ session, info, setInfo }: Renewable): Promise<void> {
  const fresh = await session.open();
  const before = new Map(info()?.departments.map((one) => [JSON.stringify(one), one]));
  const departments = fresh.departments.map(
    (one): OpenDepartment => before.get(JSON.stringify(one)) ?? one,
  );
  setInfo({ ...fresh, departments });
}
