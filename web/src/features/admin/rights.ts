/** What each role may do, as the server has it (`UserRole::rights`); the server decides, these pages only tell. */
import type { Right, RoleKey } from '../../shared/api'

export const MAY: Record<RoleKey, readonly Right[]> = {
  clerk: ['read_projects', 'edit_projects', 'decide', 'import', 'export', 'share_views', 'manage_orgs'],
  director: ['read_projects', 'decide', 'export', 'share_views'],
  town: ['read_projects', 'edit_projects', 'export'],
  department: ['read_projects', 'edit_projects', 'export'],
  enterprise: ['read_projects'],
  system_admin: ['manage_orgs', 'manage_packs'],
  security_admin: ['manage_users'],
  audit_admin: ['read_projects', 'audit', 'export'],
}

/** Roles that see nothing without places or organisations. */
export const LIMITED: readonly RoleKey[] = ['town', 'department', 'enterprise']
