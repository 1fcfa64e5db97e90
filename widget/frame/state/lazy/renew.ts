import type { OpenDepartment } from '../../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../../protocol/widget/widget-session.ts';

export type Renewable = {
  info(): WidgetSession | undefined;
  setInfo(info: WidgetSession): unknown;
  session: { open(): Promise<WidgetSession> };
};

/** Loads the current departments and their forms. One that did not change stays the same object, and its row in place. */
export async function renew({ session, info, setInfo }: Renewable): Promise<void> {
  const renewed = await session.open();
  const before = new Map(
    info()?.departments.map((department) => [JSON.stringify(department), department]),
  );
  const departments = renewed.departments.map(
    (department): OpenDepartment => before.get(JSON.stringify(department)) ?? department,
  );
  setInfo({ ...renewed, departments });
}
