#Requires -RunAsAdministrator
# NEVER RUN BY US: written from Microsoft's documentation of Shell Launcher (Windows Enterprise, Education, IoT Enterprise).
# Try it on a machine you can lose. The user "kiosk" gets the kiosk as its only shell, started again whenever it ends.
param([string]$User = 'kiosk', [string]$Program = 'C:\Program Files\Skranke\skranke.exe')
$ErrorActionPreference = 'Stop'

if (-not (Test-Path $Program)) { throw "$Program is not there: install Skranke first." }
Enable-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher -NoRestart | Out-Null

$sid = (New-Object System.Security.Principal.NTAccount($User)).Translate([System.Security.Principal.SecurityIdentifier]).Value
$launcher = [wmiclass]'\\localhost\root\standardcimv2\embedded:WESL_UserSetting'
$restartShell = 0
# Administrators keep their desktop; everybody else who is not named gets it too.
$launcher.SetDefaultShell('explorer.exe', $restartShell) | Out-Null
$launcher.SetCustomShell($sid, "`"$Program`" --config C:\ProgramData\Skranke\config.json", $null, $null, $restartShell) | Out-Null
$launcher.SetEnabled($true) | Out-Null
Write-Output "Shell Launcher starts $Program for $User from the next sign-in on."
