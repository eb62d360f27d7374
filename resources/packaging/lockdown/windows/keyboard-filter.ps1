#Requires -RunAsAdministrator
# NEVER RUN BY US: written from Microsoft's documentation of Keyboard Filter. Ctrl+Alt+Del cannot be filtered; take its
# entries away by policy (DisableLockWorkstation, DisableTaskMgr, DisableChangePassword, NoLogoff).
$ErrorActionPreference = 'Stop'

Enable-WindowsOptionalFeature -Online -FeatureName Client-KeyboardFilter -NoRestart | Out-Null
$namespace = 'root\standardcimv2\embedded'

foreach ($id in 'Alt+F4', 'Alt+Tab', 'Alt+Esc', 'Ctrl+Esc', 'Ctrl+Tab', 'Win+L', 'Win+R', 'Win+U', 'Windows', 'Shift+Ctrl+Esc',
  'LaunchMail', 'LaunchMediaSelect', 'LaunchApp1', 'LaunchApp2', 'BrowserHome', 'BrowserSearch', 'BrowserBack', 'BrowserForward', 'F1') {
  $key = Get-CimInstance -Namespace $namespace -ClassName WEKF_PredefinedKey | Where-Object { $_.Id -eq $id }
  if ($null -eq $key) { Write-Warning "$id is not known to this Windows."; continue }
  $key.Enabled = 1
  Set-CimInstance -InputObject $key
}

# Sticky keys and their companions are settings of the user, not keys.
foreach ($name in 'StickyKeys', 'ToggleKeys', 'Keyboard Response') {
  Set-ItemProperty -Path "HKCU:\Control Panel\Accessibility\$name" -Name Flags -Value '0'
}
